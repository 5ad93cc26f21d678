using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone.GarbageCollection;

/// <summary>Which object: one that was deleted and made anew is another.</summary>
internal readonly record struct ObjectIdentity(GroupResource Resource, string Namespace, string Name, string Uid)
{
    public static ObjectIdentity Of(ResourceType type, KubeObject item) =>
        new(type.GroupResource, item.Metadata.Namespace, item.Metadata.Name, item.Metadata.Uid ?? string.Empty);

    public override string ToString() =>
        Namespace.Length > 0 ? $"{Resource} \"{Namespace}/{Name}\"" : $"{Resource} \"{Name}\"";
}
