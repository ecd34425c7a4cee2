{{/* The rules of ingress/contract.yaml in the words of ingress-nginx. Timeouts are bare seconds: a unit makes the controller fall back to 60. */}}
{{- define "millrace.ingressAnnotations" -}}
nginx.ingress.kubernetes.io/proxy-buffering: "off"
nginx.ingress.kubernetes.io/proxy-http-version: "1.1"
nginx.ingress.kubernetes.io/proxy-read-timeout: {{ int .Values.ingress.timeoutSeconds | quote }}
nginx.ingress.kubernetes.io/proxy-send-timeout: {{ int .Values.ingress.timeoutSeconds | quote }}
nginx.ingress.kubernetes.io/proxy-connect-timeout: {{ int .Values.ingress.connectTimeoutSeconds | quote }}
nginx.ingress.kubernetes.io/proxy-next-upstream: "off"
{{- end -}}
