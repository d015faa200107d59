interfaces = { "2001:db8:a::27" }
