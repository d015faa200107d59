listener "tcp" {
  address = "[2001:db8::12]:8200"
}
storage "consul" {
  address = "[2001:db8::ee]:8500"
}
