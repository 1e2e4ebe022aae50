"""The WeChat Official Account 微信公众号: what WeChat posts, the reply it gets at once, and what is sent afterwards."""
