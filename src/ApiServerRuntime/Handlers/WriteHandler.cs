using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>create, update and patch.</summary>
internal sealed class WriteHandler(IResourceStore store)
{
    private static readonly string[] CustomPatches =
        ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"];

    private static readonly string[] AllPatches =
        ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml"];

    public async Task CreateAsync(ResourceRequest request)
    {
        ResponseFormat format = request.NegotiateWrite();
        WriteOptions options = QueryOptions.ReadWrite(request.Query, "CreateOptions");
        RequestBody body = await request.ReadBodyAsync();
        KubeObject item = await store.CreateAsync(request.Resource, body, options, request.Cancellation);
        await request.SendAsync(format, item, 201);
    }

    public async Task UpdateAsync(ResourceRequest request)
    {
        RequireName(request);
        ResponseFormat format = request.NegotiateWrite();
        WriteOptions options = QueryOptions.ReadWrite(request.Query, "UpdateOptions");
        RequestBody body = await request.ReadBodyAsync();
        KubeObject item = await store.UpdateAsync(request.Resource, body, options, request.Cancellation);
        await request.SendAsync(format, item, 200);
    }

    public async Task PatchAsync(ResourceRequest request)
    {
        PatchType type = ReadPatchType(request);
        RequireName(request);
        ResponseFormat format = request.NegotiateWrite();
        WriteOptions options = QueryOptions.ReadPatch(request.Query, type);
        Patch patch = await ReadPatchAsync(request, type);
        PatchResult result = await store.PatchAsync(request.Resource, patch, options, request.Cancellation);
        await request.SendAsync(format, result.Object, result.Created ? 201 : 200);
    }

    private static async ValueTask<Patch> ReadPatchAsync(ResourceRequest request, PatchType type)
    {
        using PooledBuffer body = await BodyReader.ReadAsync(request.Http, request.Cancellation);
        return new Patch(type, type == PatchType.Apply ? BodyDecoder.ToJson(body.WrittenMemory) : body.WrittenMemory.ToArray());
    }

    private static PatchType ReadPatchType(ResourceRequest request)
    {
        bool strategic = request.Resource.Type.StrategicMergePatch;
        return BodyDecoder.MediaType(request.Http.Request.ContentType) switch
        {
            "application/json-patch+json" => PatchType.Json,
            "application/merge-patch+json" => PatchType.Merge,
            "application/apply-patch+yaml" => PatchType.Apply,
            "application/strategic-merge-patch+json" when strategic => PatchType.StrategicMerge,
            _ => throw StatusErrors.UnsupportedMediaType(strategic ? AllPatches : CustomPatches),
        };
    }

    private static void RequireName(ResourceRequest request)
    {
        if (request.Resource.Name.Length == 0)
        {
            throw StatusErrors.BadRequest("name must be provided");
        }
    }
}
