{{/* What a schema can't say, or not in words: required values, forms, numbers that depend on one another. */}}
{{- define "millrace.checkValues" -}}
{{- if not (and .Values.auth .Values.kafka.trial .Values.monitoring) -}}
{{- fail "defaults of this chart are missing: helm upgrade --reuse-values keeps those of the chart before it; use --reset-then-reuse-values" -}}
{{- end -}}
{{- include "millrace.checkKafka" . -}}
{{- include "millrace.checkTokens" . -}}
{{- include "millrace.checkPods" . -}}
{{- range .Values.cors.origins -}}
{{- if not (regexMatch "^https?://[^/*,\\s]+$" .) -}}
{{- fail (printf "cors.origins: %q must be scheme://host[:port], exact: no wildcard, no path, such as https://app.example.com" .) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.connection.tcpUserTimeoutSeconds (le (int .Values.connection.tcpUserTimeoutSeconds) (int .Values.connection.maxStallSeconds)) -}}
{{- fail (printf "connection.tcpUserTimeoutSeconds (%d) must be longer than connection.maxStallSeconds (%d): a client that reads nothing is to be told before its connection is cut" (int .Values.connection.tcpUserTimeoutSeconds) (int .Values.connection.maxStallSeconds)) -}}
{{- end -}}
{{- if le (int .Values.connection.maxAgeSeconds) (int .Values.heartbeatSeconds) -}}
{{- fail (printf "connection.maxAgeSeconds (%d) must be longer than heartbeatSeconds (%d): a stream would end before its first heartbeat" (int .Values.connection.maxAgeSeconds) (int .Values.heartbeatSeconds)) -}}
{{- end -}}
{{- if gt (int .Values.tail.warmStartSeconds) (int .Values.tail.maxAgeSeconds) -}}
{{- fail (printf "tail.warmStartSeconds (%d) must not be longer than tail.maxAgeSeconds (%d): what is read at the start would leave the tail at once" (int .Values.tail.warmStartSeconds) (int .Values.tail.maxAgeSeconds)) -}}
{{- end -}}
{{- if and .Values.tracing.enabled (not (regexMatch "^https?://[^\\s]+$" .Values.tracing.endpoint)) -}}
{{- fail (printf "tracing.endpoint (%q) must be a URL of an OTLP collector, such as http://otel-collector:4317, when tracing.enabled" .Values.tracing.endpoint) -}}
{{- end -}}
{{- if not (regexMatch "^(https?://[^/\\s]+/?)?$" .Values.tests.ingressUrl) -}}
{{- fail (printf "tests.ingressUrl (%q) must be scheme and host, such as https://events.example.com" .Values.tests.ingressUrl) -}}
{{- end -}}
{{- if .Values.ingress.enabled -}}
{{- $_ := required "ingress.host is required when ingress.enabled: the host name of the two paths" .Values.ingress.host -}}
{{- include "millrace.checkPreset" (dict "root" . "kind" "ingress") -}}
{{- end -}}
{{- if .Values.gateway.enabled -}}
{{- $_ := required "gateway.implementation is required when gateway.enabled: envoy-gateway, nginx-gateway-fabric, contour, istio, agc, traefik or none" .Values.gateway.implementation -}}
{{- $_ := required "gateway.host is required when gateway.enabled: the host name of the two paths" .Values.gateway.host -}}
{{- $_ := required "gateway.parentRef.name is required when gateway.enabled: the Gateway" .Values.gateway.parentRef.name -}}
{{- include "millrace.checkPreset" (dict "root" . "kind" "gateway") -}}
{{- end -}}
{{- end -}}

{{- define "millrace.checkKafka" -}}
{{- $kafka := .Values.kafka -}}
{{- if and $kafka.trial.enabled (or $kafka.bootstrapServers $kafka.strimzi.enabled) -}}
{{- fail "kafka.trial.enabled excludes kafka.bootstrapServers and kafka.strimzi.enabled: set one" -}}
{{- end -}}
{{- if and $kafka.strimzi.enabled (not $kafka.strimzi.cluster) -}}
{{- fail "kafka.strimzi.cluster is required when kafka.strimzi.enabled: the name of the Kafka resource" -}}
{{- end -}}
{{- if and $kafka.strimzi.enabled $kafka.tls.userSecret -}}
{{- fail "kafka.strimzi.enabled excludes kafka.tls.userSecret: each service gets a user of its own" -}}
{{- end -}}
{{- $servers := required "kafka.bootstrapServers is required: the brokers, host:port[,host:port...]" (include "millrace.bootstrapServers" .) -}}
{{- if not (regexMatch "^[^,:/\\s]+:[0-9]{1,5}(,[^,:/\\s]+:[0-9]{1,5})*$" $servers) -}}
{{- fail (printf "kafka.bootstrapServers (%q) must be host:port[,host:port...], without scheme or spaces" $servers) -}}
{{- end -}}
{{- end -}}

{{- define "millrace.checkTokens" -}}
{{- $jwt := .Values.jwt -}}
{{- if .Values.auth.trial.enabled -}}
{{- if or $jwt.jwksUrl $jwt.publicKey $jwt.issuer $jwt.audiences -}}
{{- fail "auth.trial.enabled excludes jwt.jwksUrl, jwt.publicKey, jwt.issuer and jwt.audiences: a trial accepts its own tokens only" -}}
{{- end -}}
{{- else -}}
{{- if not (or $jwt.jwksUrl $jwt.publicKey) -}}
{{- fail "jwt.jwksUrl or jwt.publicKey is required: no stream is opened without a verified token" -}}
{{- end -}}
{{- if and $jwt.jwksUrl $jwt.publicKey -}}
{{- fail "jwt.jwksUrl and jwt.publicKey exclude one another: set one" -}}
{{- end -}}
{{- if and $jwt.jwksUrl (not (regexMatch "^https?://[^/\\s]+[^\\s]*$" $jwt.jwksUrl)) -}}
{{- fail (printf "jwt.jwksUrl (%q) must be the http(s) URL of a key set, such as https://idp.example.com/jwks.json" $jwt.jwksUrl) -}}
{{- end -}}
{{- $_ := required "jwt.issuer is required: the iss a token must carry" $jwt.issuer -}}
{{- if not $jwt.audiences -}}
{{- fail "jwt.audiences is required: at least one aud a token may carry" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "millrace.checkPods" -}}
{{- $root := . -}}
{{- if not (or .Values.notifications.enabled .Values.aiEvents.enabled) -}}
{{- fail "notifications.enabled and aiEvents.enabled are both false: nothing would be installed" -}}
{{- end -}}
{{- range include "millrace.services" . | fromYamlArray -}}
{{- $key := .key -}}
{{- $settings := index $root.Values $key -}}
{{- if $settings.enabled -}}
{{- $scaling := $settings.autoscaling -}}
{{- $pods := int (ternary $scaling.minReplicas $settings.replicas $scaling.enabled) -}}
{{- if $scaling.enabled -}}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) -}}
{{- fail (printf "%s.autoscaling.minReplicas (%d) must not be more than %s.autoscaling.maxReplicas (%d)" $key (int $scaling.minReplicas) $key (int $scaling.maxReplicas)) -}}
{{- end -}}
{{- if not (or $scaling.targetStreamsPercent $scaling.targetCPUPercent) -}}
{{- fail (printf "%s.autoscaling needs targetStreamsPercent, targetCPUPercent or both to be more than 0" $key) -}}
{{- end -}}
{{- end -}}
{{- $budget := $settings.podDisruptionBudget -}}
{{- if and $budget.enabled (gt $pods 1) (ge (int $budget.maxUnavailable) $pods) -}}
{{- fail (printf "%s.podDisruptionBudget.maxUnavailable (%d) must be less than its %d pods: all of them could be evicted at once" $key (int $budget.maxUnavailable) $pods) -}}
{{- end -}}
{{- include "millrace.checkMemory" (dict "key" $key "limit" (dig "limits" "memory" "" $settings.resources) "tail" $root.Values.tail.maxBytes) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The tail lies in the heap, which is 60 % of the limit: beyond half of the limit nothing is left for streams. */}}
{{- define "millrace.checkMemory" -}}
{{- $units := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 -}}
{{- $limit := toString .limit -}}
{{- if regexMatch "^[0-9]+(k|M|G|Ki|Mi|Gi)?$" $limit -}}
{{- $bytes := mul (regexFind "^[0-9]+" $limit | int64) (index $units (regexFind "[a-zA-Z]*$" $limit) | int64) -}}
{{- if gt (mul 2 (int64 .tail)) $bytes -}}
{{- fail (printf "tail.maxBytes (%d) must be at most half of %s.resources.limits.memory (%s): it lies in the heap, beside the streams" (int64 .tail) .key $limit) -}}
{{- end -}}
{{- end -}}
{{- end -}}
