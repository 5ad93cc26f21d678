using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.Registry;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.DevClusters.Types;
using Microsoft.AspNetCore.Http;

namespace KubeFed.DevClusters.Pods;

/// <summary>Answers what only a kubelet could do, such as logs, with what is the matter: 400. Everything else goes on to the next filter.</summary>
internal sealed class KubeletRequests(IResourceStore store, IRequestFilter next) : IRequestFilter
{
    private const string Why = "the pods of this cluster are simulated and run nothing";

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate rest)
    {
        var request = ApiRequest.Of(context);
        if (request.Info is not { Group: "", Version: "v1", Resource: "pods", Name.Length: > 0 } info || Refusal(info) is not { } refusal)
        {
            await next.InvokeAsync(context, rest);
            return;
        }

        var type = ClusterTypes.Get(string.Empty, "pods");
        var pod = new ResourceContext { Type = type, Version = type.Versions[0], Namespace = info.Namespace, Name = info.Name, User = request.User };
        await store.GetAsync(pod, null, request.Cancellation);
        throw StatusErrors.BadRequest($"{refusal}: {Why}");
    }

    private static string? Refusal(RequestInfo info) => info.Subresource switch
    {
        "log" => $"pod \"{info.Name}\" has no logs",
        "exec" => $"cannot execute a command in pod \"{info.Name}\"",
        "attach" => $"cannot attach to pod \"{info.Name}\"",
        "portforward" => $"cannot forward ports to pod \"{info.Name}\"",
        "proxy" => $"cannot reach pod \"{info.Name}\"",
        _ => null,
    };
}
