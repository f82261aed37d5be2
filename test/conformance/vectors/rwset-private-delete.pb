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

namespaces/metadata/basic[
basicR
prices&$
 öEQüÖðx#Ë‡—û‘Dd%Ú(k:±ï“^½ziöŠ úÄ¢HRÞOg«R™­Iyf€†€³žã’¡ÐŽ*V