using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Patching;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>A patch that was read once and can be applied to one object after the other.</summary>
internal sealed class PatchDocument
{
    private const int MaxOperations = 10_000;
    private static readonly JsonLimits Lenient = new() { RefuseDuplicates = false };
    private static readonly JsonPatchOptions Unlimited = JsonPatchOptions.Strict with { MaxOperations = int.MaxValue };
    private readonly Func<JsonObject, JsonNode?> _apply;

    private PatchDocument(Func<JsonObject, JsonNode?> apply, IReadOnlyList<string> duplicates)
    {
        _apply = apply;
        Duplicates = duplicates;
    }

    /// <summary>Members that the patch gives twice.</summary>
    public IReadOnlyList<string> Duplicates { get; }

    /// <summary>Reads a JSON, merge or strategic merge patch.</summary>
    /// <exception cref="StatusException">400: it cannot be read. 413: it has too many operations. 415: the type does not take it.</exception>
    public static PatchDocument Read(VersionRuntime version, Patch patch) => patch.Type switch
    {
        PatchType.Json => ReadJsonPatch(patch.Body),
        PatchType.Merge => ReadMergePatch(patch.Body, static (target, changes) => JsonMergePatch.Apply(target, changes)),
        PatchType.StrategicMerge when version.Type.StrategicMergePatch => ReadMergePatch(patch.Body, version.StrategicMerge),
        _ => throw StatusErrors.UnsupportedMediaType(
            ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"]),
    };

    /// <summary>Reads the body of a patch as an object, with the members that it gives twice.</summary>
    /// <exception cref="StatusException">400.</exception>
    public static (JsonNode? Tree, IReadOnlyList<string> Duplicates) ReadTree(ReadOnlyMemory<byte> body)
    {
        try
        {
            var tree = KubeJson.Parse(body, Lenient);
            return (tree, DuplicateMembers.Find(body.Span));
        }
        catch (JsonFormatException e)
        {
            throw StatusErrors.BadRequest($"error decoding patch: {e.Message}");
        }
    }

    /// <summary>The patched object; the given tree may be changed and used.</summary>
    /// <exception cref="StatusException">422: the patch does not fit.</exception>
    public JsonObject Apply(JsonObject target)
    {
        try
        {
            return _apply(target) as JsonObject
                ?? throw ObjectIntake.InvalidPatch("null", "the patched object is no JSON object");
        }
        catch (JsonPatchException e)
        {
            throw new StatusException(
                new Status
                {
                    Outcome = "Failure",
                    Code = 422,
                    Reason = StatusReason.Invalid,
                    Message = "the server rejected our request due to an error in our request",
                    Details = new StatusDetails
                    {
                        Causes = [FieldError.Invalid(FieldPath.Root("patch"), FieldValue.Omitted, e.Message).ToCause()],
                    },
                },
                e);
        }
        catch (StrategicMergePatchException e)
        {
            throw new StatusException(StatusErrors.BadRequest(e.Message).Status, e);
        }
    }

    private static PatchDocument ReadJsonPatch(ReadOnlyMemory<byte> body)
    {
        var (tree, duplicates) = ReadTree(body);
        if (tree is JsonArray { Count: > MaxOperations } list)
        {
            throw StatusErrors.RequestEntityTooLarge($"The allowed maximum operations in a JSON patch is {MaxOperations}, got {list.Count}");
        }

        try
        {
            var patch = JsonPatch.Parse(tree, Unlimited);
            return new PatchDocument(target => patch.ApplyInPlace(target), duplicates);
        }
        catch (JsonPatchException e)
        {
            throw StatusErrors.BadRequest($"error decoding patch: {e.Message}");
        }
    }

    private static PatchDocument ReadMergePatch(ReadOnlyMemory<byte> body, Func<JsonObject, JsonObject, JsonNode?> merge)
    {
        var (tree, duplicates) = ReadTree(body);
        return tree is JsonObject changes
            ? new PatchDocument(target => merge(target, changes), duplicates)
            : throw StatusErrors.BadRequest("error decoding patch: a merge patch is a JSON object");
    }
}
