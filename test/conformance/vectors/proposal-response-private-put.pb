"È*›
 õh áÿ‰#Ùy”æ’‡l´&-™¶8â›F«á	…ö
àà

_lifecycleÑ
)
#namespaces/fields/basic/Collections
-
'namespaces/fields/basic/EndorsementInfo
&
 namespaces/fields/basic/Sequence
,
&namespaces/fields/basic/ValidationInfo

namespaces/metadata/basic{
basicr
pricesFD
 öEQüÖğx#Ë‡—û‘Dd%Ú(k:±ï“^½ziöŠ ÷çÃnE€æ¶¢Æ}
À›×Úİ{úköç­RnFÂ÷ ÷ı§ß‰³½ï=J D¶Vô¯HÏÑ„,¿¹ĞSÒ[€×È"basic1.02õ
ª
DispatchMSPš-----BEGIN CERTIFICATE-----
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
F0D 3¾¤rf‰ÄØ©¶fA‡{
N>_›øÃ£¿Å,`ö6S 6#¨ÂíÌYZ%º-
Q>nú~z‡ÊÅÿİû:

basicprices