using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Registry;

/// <summary>The type that the tests write.</summary>
internal static class Widgets
{
    public const string Group = "demo.example.dev";

    public const string ApiVersion = "demo.example.dev/v1";

    private static readonly StructuralSchema Text = new() { Type = SchemaType.String };
    private static readonly StructuralSchema Number = new() { Type = SchemaType.Integer };

    public static StructuralSchema Schema { get; } = Map(
        ("apiVersion", Text),
        ("kind", Text),
        ("metadata", new StructuralSchema { Type = SchemaType.Object }),
        ("spec", Map(
            ("replicas", Number),
            ("size", Text with { Validation = new ValueValidation { Enum = ["small", "medium", "large"] } }),
            ("note", Text),
            ("args", new StructuralSchema { Type = SchemaType.Array, Items = Text }))),
        ("status", Map(("phase", Text), ("replicas", Number), ("selector", Text))));

    /// <summary>Namespaced, with status and scale, two versions.</summary>
    public static ResourceType Type { get; } = new()
    {
        Group = Group,
        Plural = "widgets",
        Singular = "widget",
        Kind = "Widget",
        ListKind = "WidgetList",
        Scope = ResourceScope.Namespaced,
        StorageVersion = "v1",
        Versions =
        [
            new ResourceTypeVersion
            {
                Name = "v1",
                Schema = Schema,
                HasStatus = true,
                Scale = new ScaleSubresource(".spec.replicas", ".status.replicas", ".status.selector"),
                SelectableFields = ["spec.size"],
            },
            new ResourceTypeVersion { Name = "v1beta1", Schema = Schema, HasStatus = true },
        ],
    };

    /// <summary>Cluster-scoped, without subresources.</summary>
    public static ResourceType Cluster { get; } = Type with
    {
        Plural = "gadgets",
        Singular = "gadget",
        Kind = "Gadget",
        ListKind = "GadgetList",
        Scope = ResourceScope.Cluster,
        Versions = [new ResourceTypeVersion { Name = "v1", Schema = Schema }],
    };

    private static StructuralSchema Map(params (string Name, StructuralSchema Schema)[] members) => new()
    {
        Type = SchemaType.Object,
        Properties = members.ToDictionary(m => m.Name, m => m.Schema, StringComparer.Ordinal),
    };
}
