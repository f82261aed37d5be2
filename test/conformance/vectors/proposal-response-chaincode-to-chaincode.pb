"»*Ã
 ùa8_É¨®„=,–√S‘!ØC‡Ñ∑k∞Øro[d\;Øß
ë^

_lifecycleP
&
 namespaces/fields/basic/Sequence
&
 namespaces/fields/other/Sequence
basic

called
other

n1
n1x»"basic1.02ı
™
DispatchMSPö-----BEGIN CERTIFICATE-----
MIICHjCCAcWgAwIBAgIQAmhuYU+Ozf10WC8pZbOaQzAKBggqhkjOPQQDAjBtMQsw
CQYDVQQGEwJVUzETMBEGA1UECBMKQ2FsaWZvcm5pYTEWMBQGA1UEBxMNU2FuIEZy
YW5jaXNjbzEWMBQGA1UEChMNZGlzcGF0Y2guZ3JpZDEZMBcGA1UEAxMQY2EuZGlz
cGF0Y2guZ3JpZDAeFw0yNjExMjMwMTMxMDBaFw0zNjExMjAwMTMxMDBaMGcxCzAJ
BgNVBAYTAlVTMRMwEQYDVQQIEwpDYWxpZm9ybmlhMRYwFAYDVQQHEw1TYW4gRnJh
bmNpc2NvMQ0wCwYDVQQLEwRwZWVyMRwwGgYDVQQDExNwZWVyMC5kaXNwYXRjaC5n
cmlkMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE7JRKOXTNLDjqWgzYdMMDy0uo
TSPHxFR/rDOydkX2UH67tU3DDgwLtgRzemW2cuZx9QgzZ1aUxIm1EZ77+0fnqqNN
MEswDgYDVR0PAQH/BAQDAgeAMAwGA1UdEwEB/wQCMAAwKwYDVR0jBCQwIoAgZnpX
ELSEH35ANRsZsuQAOu8RUE12AqCYjYhlhrNhD1EwCgYIKoZIzj0EAwIDRwAwRAIg
YEOr0rbnuvL7kfXHEI0Ns3AXeM7u5Etun9LuNUbaLi8CIFjBJrGIzw9TpxR/h6/z
WKLXa/5q6UjCraNNjYeSxOyM
-----END CERTIFICATE-----
F0D -@x∆π6”ﬁÎ´O#¢ÒÇ˜Òù†@∆„‘˘ˆÈc\± H:;BsPobÔ$ﬁcòÛàóëyë@÷-Ë{àl©≥:

basic

other