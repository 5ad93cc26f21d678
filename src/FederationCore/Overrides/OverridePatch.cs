using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Patching;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Overrides;

/// <summary>
/// Applies a cluster's operations to a tree: RFC 6902, except that replacing an object's missing member adds it.
/// </summary>
internal static class OverridePatch
{
    public const string Add = "add";
    public const string Remove = "remove";
    public const string Replace = "replace";

    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = KubeObject.MaxDepth };

    /// <summary>Applies all, in order, or stops at the first that fails and says why; the tree is then half changed.</summary>
    public static string? Apply(JsonObject root, IReadOnlyList<OverrideOperation> operations)
    {
        try
        {
            JsonPatch.Of(operations.Select(Convert)).ApplyInPlace(root, JsonPatchOptions.KubeFed);
            return null;
        }
        catch (JsonPatchException e)
        {
            return string.Create(CultureInfo.InvariantCulture, $"override {e.Index} ({e.Operation} {e.Path}): {e.Reason}");
        }
    }

    /// <summary>Applies one operation.</summary>
    /// <exception cref="JsonPatchException">It does not apply; the tree is as it was.</exception>
    public static void ApplyOne(JsonObject root, OverrideOperation operation) =>
        JsonPatch.Of(Convert(operation)).ApplyInPlace(root, JsonPatchOptions.KubeFed);

    private static JsonPatchOperation Convert(OverrideOperation operation)
    {
        var path = JsonPointer.Parse(operation.Path);
        return operation.Op switch
        {
            Add => JsonPatchOperation.Add(path, Value(operation)),
            Remove => JsonPatchOperation.Remove(path),
            _ => JsonPatchOperation.Replace(path, Value(operation)),
        };
    }

    private static JsonNode? Value(OverrideOperation operation) =>
        operation.Value is { } json ? JsonNode.Parse(json.Span, documentOptions: DocumentOptions) : null;
}
