"""Investments and projects' money: the register, its amounts over the years, what is reported of each project."""
