{{/* What the "restricted" pod security standard asks for, and a user that owns nothing. For every pod of this chart. */}}
{{- define "millrace.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "millrace.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: ["ALL"]
{{- end -}}

{{- define "millrace.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* The values that stand for both services or, set under one of them, for that one. Context: dict root, settings. */}}
{{- define "millrace.podValues" -}}
{{- $root := .root -}}
{{- $settings := .settings -}}
{{- $chosen := dict -}}
{{- range list "extraEnv" "extraEnvFrom" "extraVolumes" "extraVolumeMounts" "podAnnotations" "podLabels" "nodeSelector" "tolerations" "affinity" "topologySpread" "priorityClassName" "minReadySeconds" -}}
{{- $_ := set $chosen . (index (ternary $settings $root.Values (hasKey $settings .)) .) -}}
{{- end -}}
{{- toYaml $chosen -}}
{{- end -}}

{{/* Where the pods run. Context: the outcome of millrace.podValues, with the selector labels. */}}
{{- define "millrace.scheduling" -}}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .topologySpread }}
topologySpreadConstraints:
  {{- $labels := .selectorLabels }}
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - topologyKey: {{ . }}
    maxSkew: 1
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- $labels | nindent 8 }}
  {{- end }}
{{- end }}
{{- end -}}
