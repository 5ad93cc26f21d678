using KubeFed.ApiMachinery.Meta;

namespace KubeFed.KubeClient.Dynamic;

internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Apply = "application/apply-patch+yaml";

    private const string Object = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json";
    private const string List = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";

    public static string ForObject(Representation representation) => representation == Representation.Metadata ? Object : Json;

    public static string ForList(Representation representation) => representation == Representation.Metadata ? List : Json;

    public static string ForPatch(PatchType type) => type switch
    {
        PatchType.Json => "application/json-patch+json",
        PatchType.Merge => "application/merge-patch+json",
        PatchType.StrategicMerge => "application/strategic-merge-patch+json",
        PatchType.Apply => Apply,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such patch type"),
    };
}
