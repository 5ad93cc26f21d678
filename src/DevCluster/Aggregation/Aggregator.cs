using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ApiServerRuntime.Types;
using KubeFed.DevClusters.Controllers.Machinery;
using KubeFed.KubeClient.Certificates;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Aggregation;

/// <summary>
/// Serves the group versions of APIServices by other servers: asks them at each change, and every few seconds, what they serve, shows it in
/// discovery, says in the APIService whether they answer, and sends requests on to them.
/// </summary>
internal sealed partial class Aggregator(DevClusterOptions options, TypeRegistry types, PemKeyPair frontProxy) : IRequestFilter, IDisposable
{
    private const string Owner = "aggregated";
    private const string NoAddress = "the service is not there or has no address";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);
    private static readonly UserInfo Aggregation = new() { Name = "system:kube-aggregator", Groups = ["system:masters", "system:authenticated"] };

    private readonly Dictionary<GroupVersion, IReadOnlyList<ResourceType>> _discovered = [];
    private readonly ILogger _logger = options.Logging.CreateLogger("KubeFed.DevClusters.Aggregation");
    private volatile Dictionary<GroupVersion, ApiBackend?> _backends = [];

    /// <summary>The group versions that others serve.</summary>
    public IReadOnlyCollection<GroupVersion> GroupVersions => _backends.Keys;

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
        catch (Exception e) when (e is HttpRequestException or IOException && !context.Response.HasStarted)
        {
            throw StatusErrors.ServiceUnavailable($"error trying to reach service: {e.Message}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The other server is gone in the middle of an answer: the client must see that it is not whole.
            context.Abort();
        }
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(IDynamicClient client, CancellationToken cancellationToken)
    {
        var (changed, served) = (new ChangeSignal(), new ChangeSignal());
        await using var informers = new SharedInformerCache(client, new InformerEnvironment { Time = options.Time, Logger = _logger });
        var apiServices = informers.Acquire(KubeResources.ApiServices).Informer;
        var services = informers.Acquire(KubeResources.Services).Informer;
        using var handlingApiServices = apiServices.AddHandler(changed);
        using var handlingServices = services.AddHandler(changed);
        using var handlingOwn = apiServices.AddHandler(served);
        using var following = types.OnChange(_ => served.Set());
        await Task.WhenAll(apiServices.WaitForSyncAsync(cancellationToken), services.WaitForSyncAsync(cancellationToken));

        // Apart, so that a server that is slow to answer does not hold up what the cluster serves itself.
        await Task.WhenAll(
            RepeatAsync(served, token => LocalApiServices.EnsureAsync(client, apiServices.Store.List(), types.Current, token), cancellationToken),
            RepeatAsync(changed, token => ReviewAsync(client, apiServices.Store.List(), services.Store, token), cancellationToken));
    }

    /// <summary>Asks the server of a group version what it serves.</summary>
    /// <returns>The types; null with the reason when it does not say.</returns>
    public async Task<(IReadOnlyList<ResourceType>? Types, string Failure)> DiscoverAsync(GroupVersion version, CancellationToken cancellationToken)
    {
        if (!_backends.TryGetValue(version, out var backend) || backend is null)
        {
            return (null, NoAddress);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AskTimeout);
        try
        {
            byte[] document = await backend.GetAsync($"/apis/{version.Group}/{version.Version}", Aggregation, limit.Token);
            return (RemoteTypes.Read(version, document), string.Empty);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, e.Message);
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

    private async Task RepeatAsync(ChangeSignal changed, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await work(cancellationToken);
            }
            catch (Exception e) when (e is StatusException or HttpRequestException or IOException)
            {
                Log.NotRead(_logger, e.Message);
            }

            await changed.WaitAsync(Period, options.Time, cancellationToken);
        }
    }

    /// <summary>Looks at all APIServices once.</summary>
    private async Task ReviewAsync(IDynamicClient client, IReadOnlyCollection<KubeObject> items, IResourceStore services, CancellationToken cancellationToken)
    {
        var specs = items.Select(static item => (Item: item, Spec: ApiServiceSpec.Read(item))).ToList();
        Connect(specs.Select(static pair => pair.Spec).OfType<ApiServiceSpec>(), services);
        await Task.WhenAll(specs.Select(pair => pair.Spec is { } spec
            ? AskAsync(client, pair.Item, spec, cancellationToken)
            : SayAsync(client, pair.Item, ApiServiceStatus.Local, cancellationToken)));
        Serve();
    }

    private void Connect(IEnumerable<ApiServiceSpec> specs, IResourceStore services)
    {
        var before = _backends;
        var backends = new Dictionary<GroupVersion, ApiBackend?>();
        foreach (var spec in specs)
        {
            var address = AddressOf(spec, services);
            var kept = before.GetValueOrDefault(spec.GroupVersion);
            backends[spec.GroupVersion] =
                address is null ? null
                : kept is not null && kept.Address == address && kept.Spec.IsSame(spec) ? kept
                : new ApiBackend(spec, address, frontProxy);
        }

        _backends = backends;
        foreach (var gone in before.Values.Except(backends.Values))
        {
            gone?.Dispose();
        }
    }

    // Types that are the same keep their instances, so that nothing is read anew.
    private void Serve()
    {
        List<ResourceType> serving;
        lock (_discovered)
        {
            foreach (var gone in _discovered.Keys.Where(version => !_backends.ContainsKey(version)).ToList())
            {
                _discovered.Remove(gone);
            }

            serving = [.. _discovered.Values.SelectMany(static list => list)];
        }

        var known = types.Current.Types.Where(static type => type.IsForwarded).ToList();
        string Shape(IEnumerable<ResourceType> all) => string.Join('\n', all.OrderBy(static type => type.GroupResource.ToString(), StringComparer.Ordinal).Select(static type =>
            $"{type.GroupResource} {type.Kind} {string.Join(',', type.ShortNames)} {type.StorageVersion} {string.Join(',', type.Versions[0].Verbs)} {type.Versions[0].HasStatus}"));
        if (Shape(known) != Shape(serving.DistinctBy(static type => type.GroupResource)))
        {
            types.SetTypes(Owner, serving);
        }
    }

    private async Task AskAsync(IDynamicClient client, KubeObject item, ApiServiceSpec spec, CancellationToken cancellationToken)
    {
        if (_backends.GetValueOrDefault(spec.GroupVersion) is null)
        {
            await SayAsync(client, item, ApiServiceStatus.NoService(spec), cancellationToken);
            return;
        }

        var (found, failure) = await DiscoverAsync(spec.GroupVersion, cancellationToken);
        if (found is not null)
        {
            lock (_discovered)
            {
                _discovered[spec.GroupVersion] = found;
            }
        }

        await SayAsync(client, item, found is null ? ApiServiceStatus.Failing(failure) : ApiServiceStatus.Passed, cancellationToken);
    }

    private Uri? AddressOf(ApiServiceSpec spec, IResourceStore services)
    {
        if (options.ResolveService?.Invoke(spec.ServiceNamespace, spec.ServiceName, spec.Port) is { } resolved)
        {
            return resolved;
        }

        var service = services.Get(new NamespacedName(spec.ServiceNamespace, spec.ServiceName));
        return service?.GetString("spec", "externalName") is { Length: > 0 } name ? new UriBuilder(Uri.UriSchemeHttps, name, spec.Port).Uri : null;
    }

    private async Task SayAsync(IDynamicClient client, KubeObject item, ApiServiceStatus status, CancellationToken cancellationToken)
    {
        var now = (item.GetNode("status", "conditions") as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(static condition => (string?)condition["type"] == "Available");
        if (status.IsSaidBy(now))
        {
            return;
        }

        var root = item.ToNode();
        root["status"] = new JsonObject { ["conditions"] = new JsonArray(status.ToCondition(options.Time.GetUtcNow())) };
        try
        {
            await client.UpdateAsync(KubeResources.ApiServices, KubeObject.FromNode(root), new WriteOptions { Subresource = "status" }, cancellationToken);
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
