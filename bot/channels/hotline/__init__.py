"""The telephone 热线: what a platform after speech recognition posts, and what it is to say."""
