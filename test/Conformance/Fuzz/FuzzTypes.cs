using KubeFed.ApiMachinery.Yaml;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.Conformance.Fuzz;

/// <summary>A type that has every feature of schemas.</summary>
internal static class FuzzTypes
{
    public const string Collection = "/apis/demo.example.dev/v1/namespaces/default/widgets";

    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.demo.example.dev}
        spec:
          group: demo.example.dev
          scope: Namespaced
          names: {kind: Widget, listKind: WidgetList, plural: widgets, singular: widget, shortNames: [wdg], categories: [demo]}
          versions:
            - name: v1
              served: true
              storage: true
              subresources:
                status: {}
                scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.selector}
              selectableFields: [{jsonPath: .spec.size}, {jsonPath: .spec.replicas}]
              additionalPrinterColumns:
                - {name: Size, type: string, jsonPath: .spec.size}
                - {name: Replicas, type: integer, format: int32, jsonPath: .spec.replicas}
                - {name: Ratio, type: number, jsonPath: .spec.ratio}
                - {name: Active, type: boolean, jsonPath: .spec.active}
                - {name: Since, type: date, jsonPath: .spec.since}
                - {name: Ports, type: string, jsonPath: '.spec.ports[*].port'}
                - {name: Free, type: string, jsonPath: .spec.free}
                - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    metadata: {type: object}
                    spec:
                      type: object
                      x-kubernetes-validations:
                        - {rule: "!has(self.note) || self.note != 'forbidden'", message: must not be forbidden}
                        - {rule: "!has(self.replicas) || self.replicas < 90"}
                      properties:
                        size: {type: string, enum: [small, medium, large], default: small}
                        replicas: {type: integer, format: int32, minimum: 0, maximum: 100}
                        big: {type: integer, format: int64}
                        ratio: {type: number}
                        active: {type: boolean}
                        note: {type: string, maxLength: 64, pattern: '^[a-z ]*$', nullable: true}
                        since: {type: string, format: date-time}
                        amount: {x-kubernetes-int-or-string: true}
                        tags: {type: array, x-kubernetes-list-type: set, maxItems: 10, items: {type: string}}
                        steps: {type: array, x-kubernetes-list-type: atomic, items: {type: object, properties: {do: {type: string}, wait: {type: integer}}}}
                        ports:
                          type: array
                          x-kubernetes-list-type: map
                          x-kubernetes-list-map-keys: [port, protocol]
                          maxItems: 10
                          items:
                            type: object
                            required: [port]
                            properties:
                              port: {type: integer}
                              protocol: {type: string, default: TCP}
                              name: {type: string}
                        labels: {type: object, additionalProperties: {type: string, maxLength: 20}}
                        limits: {type: object, x-kubernetes-map-type: atomic, additionalProperties: {type: integer}}
                        free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                        template: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
                        inner:
                          type: object
                          default: {depth: 1}
                          required: [depth]
                          properties:
                            depth: {type: integer, default: 1}
                            fixed:
                              type: string
                              x-kubernetes-validations: [{rule: self == oldSelf, message: is immutable}]
                    status:
                      type: object
                      properties:
                        replicas: {type: integer}
                        selector: {type: string}
                        conditions:
                          type: array
                          x-kubernetes-list-type: map
                          x-kubernetes-list-map-keys: [type]
                          items: {type: object, required: [type], properties: {type: {type: string}, status: {type: string}}}
            - name: v1beta1
              served: true
              storage: false
              deprecated: true
              schema:
                openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
        """;

    /// <summary>An object with every field.</summary>
    public const string Widget = """
        {"apiVersion":"demo.example.dev/v1","kind":"Widget",
         "metadata":{"name":"w","labels":{"app":"demo","tier":"a"},"annotations":{"note":"x"},"finalizers":[],
          "ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"o","uid":"1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"}]},
         "spec":{"size":"small","replicas":3,"big":9007199254740993,"ratio":1.5,"active":true,"note":"a note","since":"2024-01-02T03:04:05Z","amount":"10%",
          "tags":["a","b"],"steps":[{"do":"x","wait":1},{"do":"y"}],"ports":[{"port":80,"name":"http"},{"port":80,"protocol":"UDP"}],
          "labels":{"a":"b"},"limits":{"cpu":1},"free":{"any":[{"thing":null}],"deep":{"er":{"est":1}}},
          "template":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","labels":{"a":"b"}},"spec":{"containers":[{"name":"c"}]}},
          "inner":{"depth":2,"fixed":"f"}},
         "status":{"replicas":1,"selector":"app=demo","conditions":[{"type":"Ready","status":"True"}]}}
        """;

    /// <summary>The types.</summary>
    public static TypeRegistry Load()
    {
        CrdReadResult read = CrdReader.Read(KubeYaml.ToJson(Definition)!.AsObject());
        var types = new TypeRegistry();
        types.SetTypes("fuzz", [read.Type ?? throw new InvalidOperationException($"{read.Errors}")]);
        return types;
    }
}
