interfaces = { "2001:db8:5::27" }
