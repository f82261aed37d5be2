à

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
À›×Úİ{úköç­RnFÂ÷ ÷ı§ß‰³½ï=J D¶Vô¯HÏÑ„,¿¹ĞSÒ[€×