using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>delete and deletecollection.</summary>
internal sealed class DeleteHandler(IResourceStore store)
{
    public async Task DeleteAsync(ResourceRequest request)
    {
        ResponseFormat format = request.NegotiateWrite();
        DeleteOptions options = await ReadOptionsAsync(request);
        DeleteResult result = await store.DeleteAsync(request.Resource, options, request.Cancellation);
        if (result.Terminating is { } item)
        {
            await request.SendAsync(format, item, 200);
        }
        else
        {
            await ResponseWriter.SendStatusAsync(request.Http, result.Removed! with { Code = 0 }, 200);
        }
    }

    public async Task DeleteCollectionAsync(ResourceRequest request)
    {
        ResponseFormat format = request.NegotiateWrite(list: true);
        ListOptions selection = QueryOptions.ReadList(request.Query);
        DeleteOptions options = await ReadOptionsAsync(request);
        KubeObjectList deleted = await store.DeleteCollectionAsync(request.Resource, options, selection, request.Cancellation);
        await ListResponse.SendAsync(request, format, deleted);
    }

    private static async ValueTask<DeleteOptions> ReadOptionsAsync(ResourceRequest request)
    {
        using PooledBuffer body = await BodyReader.ReadAsync(request.Http, request.Cancellation);
        return body.Length == 0
            ? DeleteOptionsReader.FromQuery(request.Query)
            : DeleteOptionsReader.FromBody(BodyDecoder.Decode(body.WrittenMemory, request.Http.Request.ContentType, "DeleteOptions").Root);
    }
}
