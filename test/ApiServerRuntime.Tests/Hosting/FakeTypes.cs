using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Hosting;

internal sealed class FakeTypes : ITypeSource
{
    public const string Group = "demo.example.dev";

    public FakeTypes(params ResourceType[] types) => Current = new TypeSnapshot(types.Length > 0 ? types : [Widget, Gadget]);

    public static ResourceType Widget { get; } = new()
    {
        Group = Group,
        Plural = "widgets",
        Singular = "widget",
        Kind = "Widget",
        ListKind = "WidgetList",
        ShortNames = ["wdg"],
        Categories = ["demo"],
        Scope = ResourceScope.Namespaced,
        StorageVersion = "v1",
        Versions =
        [
            new ResourceTypeVersion
            {
                Name = "v1",
                Schema = StructuralSchema.AnyScalar,
                HasStatus = true,
                Scale = new ScaleSubresource(".spec.replicas", ".status.replicas", null),
                PrinterColumns =
                [
                    new PrinterColumn("Size", "string", ".spec.size"),
                    new PrinterColumn("Replicas", "integer", ".spec.replicas", "int32", "How many are wanted."),
                    new PrinterColumn("Note", "string", ".spec.note", Priority: 1),
                    new PrinterColumn("Age", "date", ".metadata.creationTimestamp"),
                ],
            },
            new ResourceTypeVersion
            {
                Name = "v1beta1",
                Schema = StructuralSchema.AnyScalar,
                DeprecationWarning = "demo.example.dev/v1beta1 Widget is deprecated; use demo.example.dev/v1 Widget",
            },
            new ResourceTypeVersion { Name = "v1alpha1", Schema = StructuralSchema.AnyScalar, Served = false },
        ],
    };

    public static ResourceType Gadget { get; } = new()
    {
        Group = Group,
        Plural = "gadgets",
        Singular = "gadget",
        Kind = "Gadget",
        ListKind = "GadgetList",
        Scope = ResourceScope.Cluster,
        StorageVersion = "v1",
        Versions = [new ResourceTypeVersion { Name = "v1", Schema = StructuralSchema.AnyScalar, Verbs = ["get", "list", "watch", "create"] }],
    };

    public TypeSnapshot Current { get; set; }

    public IDisposable OnChange(Action<TypeSnapshot> changed) => Stream.Null;
}
