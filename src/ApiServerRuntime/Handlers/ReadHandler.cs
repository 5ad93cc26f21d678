using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Negotiation;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;

namespace KubeFed.ApiServerRuntime.Handlers;

/// <summary>get and list.</summary>
internal sealed class ReadHandler(IResourceStore store)
{
    public async Task GetAsync(ResourceRequest request)
    {
        ResponseFormat format = Negotiator.Negotiate(request.Http);
        string? version = request.Http.Request.QueryString.HasValue ? request.Query["resourceVersion"].ToString() : null;
        KubeObject item = await store.GetAsync(request.Resource, version, request.Cancellation);
        await request.SendAsync(format, item, 200);
    }

    public async Task ListAsync(ResourceRequest request)
    {
        ResponseFormat format = Negotiator.Negotiate(request.Http);
        KubeObjectList list = await store.ListAsync(request.Resource, QueryOptions.ReadList(request.Query), request.Cancellation);
        await ListResponse.SendAsync(request, format, list);
    }
}
