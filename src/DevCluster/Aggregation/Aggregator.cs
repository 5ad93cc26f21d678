using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.KubeClient.Dynamic;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>
/// Serves the group versions of APIServices by other servers: asks them every few seconds what they serve, shows it in discovery, says in the
/// APIService whether they answer, and sends requests on to them.
/// </summary>
internal sealed partial class Aggregator(DevClusterOptions options, TypeRegistry types, PemKeyPair frontProxy) : IRequestFilter, IDisposable
{
    private const string Owner = "aggregated";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);
    private static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");
    private static readonly GroupVersionResource Services = new(string.Empty, "v1", "services");
    private static readonly UserInfo Aggregation = new() { Name = "system:kube-aggregator", Groups = ["system:masters", "system:authenticated"] };

    private readonly Dictionary<GroupVersion, byte[]> _discovered = [];
    private readonly ILogger _logger = options.Logging.CreateLogger("KubeFed.DevClusters.Aggregation");
    private volatile Dictionary<GroupVersion, ApiBackend?> _backends = [];

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (GroupVersionOf(context.Request.Path.Value ?? string.Empty) is not { } version || !_backends.TryGetValue(version, out var backend))
        {
            await next(context);
            return;
        }

        if (backend is null)
        {
            throw StatusErrors.ServiceUnavailable("service unavailable");
        }

        var request = ApiRequest.Of(context);
        try
        {
            await backend.ForwardAsync(context, request.User, request.Cancellation);
        }
        catch (HttpRequestException e) when (!context.Response.HasStarted)
        {
            throw StatusErrors.ServiceUnavailable($"error trying to reach service: {e.Message}");
        }
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(IDynamicClient client, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReviewAsync(client, cancellationToken);
            }
            catch (Exception e) when (e is StatusException or HttpRequestException or IOException)
            {
                Log.NotRead(_logger, e.Message);
            }

            await Task.Delay(Period, options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks at all APIServices once.</summary>
    internal async Task ReviewAsync(IDynamicClient client, CancellationToken cancellationToken)
    {
        var list = await client.ListAsync(ApiServices, null, cancellationToken: cancellationToken);
        var before = _backends;
        var backends = new Dictionary<GroupVersion, ApiBackend?>();
        var serving = new List<ResourceType>();
        foreach (var item in list.Items)
        {
            if (ApiServiceSpec.Read(item) is not { } spec)
            {
                await SayAsync(client, item, true, "Local", "Local APIServices are always available", cancellationToken);
                continue;
            }

            var address = await AddressOfAsync(client, spec, cancellationToken);
            var kept = before.GetValueOrDefault(spec.GroupVersion);
            var backend = address is null ? null : kept is not null && kept.Address == address && kept.Spec.IsSame(spec) ? kept : new ApiBackend(spec, address, frontProxy);
            backends[spec.GroupVersion] = backend;
            await AskAsync(client, item, spec, backend, cancellationToken);
            if (_discovered.TryGetValue(spec.GroupVersion, out byte[]? document))
            {
                serving.AddRange(RemoteTypes.Read(spec.GroupVersion, document));
            }
        }

        _backends = backends;
        Serve(serving);
        foreach (var gone in before.Values.Except(backends.Values))
        {
            gone?.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var backend in _backends.Values)
        {
            backend?.Dispose();
        }
    }

    private static GroupVersion? GroupVersionOf(string path)
    {
        string rest = path.StartsWith("/openapi/v3/apis/", StringComparison.Ordinal) ? path["/openapi/v3".Length..] : path;
        string[] parts = rest.Split('/', 5);
        return parts.Length >= 4 && parts[1] == "apis" ? new GroupVersion(parts[2], parts[3]) : null;
    }

    // Types that are the same keep their instances, so that nothing is read anew.
    private void Serve(List<ResourceType> serving)
    {
        var known = types.Current.Types.Where(static type => type.DefinitionUid == Owner).ToList();
        string Shape(IEnumerable<ResourceType> all) => string.Join('\n', all.OrderBy(static type => type.GroupResource.ToString(), StringComparer.Ordinal).Select(static type =>
            $"{type.GroupResource} {type.Kind} {string.Join(',', type.ShortNames)} {type.StorageVersion} {string.Join(',', type.Versions[0].Verbs)} {type.Versions[0].HasStatus}"));
        if (Shape(known) != Shape(serving))
        {
            types.SetTypes(Owner, serving);
        }
    }

    private async Task AskAsync(IDynamicClient client, KubeObject item, ApiServiceSpec spec, ApiBackend? backend, CancellationToken cancellationToken)
    {
        if (backend is null)
        {
            await SayAsync(client, item, false, "ServiceNotFound", $"service/{spec.ServiceName} in \"{spec.ServiceNamespace}\" is not present or has no address", cancellationToken);
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AskTimeout);
        try
        {
            _discovered[spec.GroupVersion] = await backend.GetAsync($"/apis/{spec.GroupVersion.Group}/{spec.GroupVersion.Version}", Aggregation, limit.Token);
            await SayAsync(client, item, true, "Passed", "all checks passed", cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await SayAsync(client, item, false, "FailedDiscoveryCheck", $"failing or missing response from the service: {e.Message}", cancellationToken);
        }
    }

    private async Task<Uri?> AddressOfAsync(IDynamicClient client, ApiServiceSpec spec, CancellationToken cancellationToken)
    {
        if (options.ResolveService?.Invoke(spec.ServiceNamespace, spec.ServiceName, spec.Port) is { } resolved)
        {
            return resolved;
        }

        try
        {
            var service = await client.GetAsync(Services, new NamespacedName(spec.ServiceNamespace, spec.ServiceName), cancellationToken: cancellationToken);
            return service.GetString("spec", "externalName") is { Length: > 0 } name ? new UriBuilder(Uri.UriSchemeHttps, name, spec.Port).Uri : null;
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    private async Task SayAsync(IDynamicClient client, KubeObject item, bool available, string reason, string message, CancellationToken cancellationToken)
    {
        string status = available ? "True" : "False";
        var now = (item.GetNode("status", "conditions") as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(static condition => (string?)condition["type"] == "Available");
        if ((string?)now?["status"] == status && (string?)now["reason"] == reason)
        {
            return;
        }

        var root = item.ToNode();
        root["status"] = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Available",
                ["status"] = status,
                ["reason"] = reason,
                ["message"] = message,
                ["lastTransitionTime"] = options.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            }),
        };
        try
        {
            await client.UpdateAsync(ApiServices, KubeObject.FromNode(root), new WriteOptions { Subresource = "status" }, cancellationToken);
        }
        catch (StatusException e) when (e.IsConflict || e.IsNotFound)
        {
            Log.NotRead(_logger, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7100, LogLevel.Debug, "The APIServices are looked at again later: {Reason}", EventName = "ApiServicesNotRead")]
        public static partial void NotRead(ILogger logger, string reason);
    }
}
