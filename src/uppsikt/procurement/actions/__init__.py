"""Writing of procurement: the register of suppliers, agreements and procurements, and what is found out about them."""
