using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Machinery;

/// <summary>Who controls an object.</summary>
internal static class Ownership
{
    /// <summary>The owner that controls the object, or null.</summary>
    public static OwnerReference? Controller(this ObjectMeta metadata)
    {
        foreach (var owner in metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return owner;
            }
        }

        return null;
    }

    /// <summary>The controlling owner where it is of a kind, or null.</summary>
    public static OwnerReference? Controller(this ObjectMeta metadata, string kind) => metadata.Controller() is { } owner && owner.Kind == kind ? owner : null;

    /// <summary>The list of owners of an object that one owner controls.</summary>
    public static JsonArray ReferenceTo(KubeObject owner) => new(new JsonObject
    {
        ["apiVersion"] = owner.ApiVersion,
        ["kind"] = owner.Kind,
        ["name"] = owner.Metadata.Name,
        ["uid"] = owner.Metadata.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    });
}
