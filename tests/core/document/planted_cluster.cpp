// SPDX-License-Identifier: Apache-2.0
#include "tests/core/document/planted_cluster.h"

namespace tally::test {

const char *const plantedCluster = R"(apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Secret
  metadata:
    name: s
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: |
        {"apiVersion":"v1","kind":"Secret","data":{"a":"PLANTEDinLastApplied"}}
  type: Opaque
  data:
    a: PLANTEDdata
    nested: {x: [PLANTEDnested]}
  stringData:
    b: |
      PLANTEDline1
      PLANTEDline2
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: c
  data:
    password: PLANTEDname
    DB_PASSWORD: "PLANTED\x20escaped"
    plain: harmless
    app.properties: |
      user=me
      spring.datasource.password=PLANTEDproperty
    app.json: |
      {"clientSecret": "PLANTEDjson"}
    url: postgres://me:PLANTEDurl@db/x
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: d
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: |
        {"kind":"Deployment","spec":{"template":{"spec":{"containers":[{"env":[{"name":"API_TOKEN","value":"PLANTEDenv"}]}]}}}}
      example.org/settings: '{"api_key":"PLANTEDannotation"}'
  spec:
    template:
      spec:
        containers:
        - name: app
          command: [sh, -c, "export TOKEN=PLANTEDcommand; run"]
          args: ["--password", "PLANTEDflag", "--api-key=PLANTEDarg", "--port", "80"]
          env:
          - name: API_TOKEN
            value: PLANTEDenv
          - name: LEVEL
            value: debug
          - name: FROM_SECRET
            valueFrom: {secretKeyRef: {name: db, key: password}}
          - {name: URL, value: "amqp://u:PLANTEDamqp@h/"}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: helm.v1, labels: {OWNER: TILLER}}
  data:
    release: H4sIPLANTEDrelease
)";

} // namespace tally::test
