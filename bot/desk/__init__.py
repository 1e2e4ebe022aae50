"""The desk 工作台: what staff see and do, under /desk/api."""
