using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>How types are called in OpenAPI documents: the group in reverse, the version and the kind, so that no two servers clash.</summary>
internal static class DefinitionNames
{
    public const string ObjectMeta = Meta + "ObjectMeta";
    public const string ListMeta = Meta + "ListMeta";
    public const string Status = Meta + "Status";
    public const string Patch = Meta + "Patch";
    public const string DeleteOptions = Meta + "DeleteOptions";
    public const string Scale = "io.k8s.api.autoscaling.v1.Scale";
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    /// <summary><c>dev.example.demo.v1.Widget</c>; the core group has the name of its Go package.</summary>
    public static string Of(GroupVersionKind kind) => kind.Group.Length == 0
        ? $"io.k8s.api.core.{kind.Version}.{kind.Kind}"
        : $"{string.Join('.', kind.Group.Split('.').Reverse())}.{kind.Version}.{kind.Kind}";
}
