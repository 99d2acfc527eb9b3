"""Writing of projects: the register, their amounts, what is reported of them."""
