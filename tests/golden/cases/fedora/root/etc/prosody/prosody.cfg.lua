interfaces = { "2001:db8:f::27" }
