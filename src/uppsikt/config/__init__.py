"""What joins the packages into one installation: settings, addresses, navigation and the command line."""
