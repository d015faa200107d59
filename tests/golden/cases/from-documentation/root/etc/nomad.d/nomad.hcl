bind_addr = "2001:db8::11" # x
