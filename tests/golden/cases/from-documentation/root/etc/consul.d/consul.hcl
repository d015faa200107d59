bind_addr = "2001:db8::f"
addresses {
  http = "{{ GetInterfaceIP \"eth0\" }}"
  grpc = "2001:db8::10"
}
retry_join = ["2001:db8::ff"]
