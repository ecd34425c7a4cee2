{{/* On the management port only. The numbers equal those the services' own builds generate; a test compares them. */}}
{{- define "millrace.probes" -}}
# Started: the process answers. 60 s for a slow node; until then the other two wait.
startupProbe:
  httpGet:
    path: /q/health/started
    port: management
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 30
# Live: the poll thread and every event loop tick. 30 s of silence restart the pod and cut its streams.
livenessProbe:
  httpGet:
    path: /q/health/live
    port: management
  periodSeconds: 10
  timeoutSeconds: 2
  failureThreshold: 3
# Ready: the broker was reached and the tail is warm. Not ready costs nothing but new connections, so it reacts fast.
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: management
  periodSeconds: 5
  timeoutSeconds: 2
  failureThreshold: 2
{{- end -}}
