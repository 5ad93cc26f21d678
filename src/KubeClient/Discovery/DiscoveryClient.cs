using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.KubeClient.Discovery;

/// <summary>
/// Discovery over a transport: two requests where the server knows aggregated discovery (1.26 and later), else one for each group
/// and version, eight at a time. A request may take 32 s and 32 MiB.
/// </summary>
public sealed class DiscoveryClient : IDiscoveryClient
{
    private const string Accept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList," +
        "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList," +
        MediaTypes.Json;

    private const int MaxBytes = 32 << 20;
    private const int MostAtOnce = 8;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(32);

    private readonly IKubeTransport _transport;
    private readonly RequestSender _sender;

    /// <summary>Makes a client over a transport, which stays the caller's to dispose.</summary>
    public DiscoveryClient(IKubeTransport transport, TimeProvider? clock = null, ILogger? logger = null)
    {
        _transport = transport;
        _sender = new RequestSender(
            transport, new DynamicClientOptions { MaxAttempts = 3 }, clock ?? TimeProvider.System, logger ?? NullLogger.Instance);
    }

    /// <inheritdoc/>
    public async Task<ServerVersion> GetVersionAsync(CancellationToken cancellationToken = default) =>
        ServerVersion.Of(await GetAsync("version", DiscoveryJsonContext.Default.VersionDocument, cancellationToken));

    /// <inheritdoc/>
    public async Task<ApiDiscovery> DiscoverAsync(CancellationToken cancellationToken = default)
    {
        var core = RootAsync("api", DiscoveryJsonContext.Default.CoreVersions, LegacyDiscovery.Groups, cancellationToken);
        var others = RootAsync("apis", DiscoveryJsonContext.Default.LegacyGroups, LegacyDiscovery.Groups, cancellationToken);
        var roots = await Task.WhenAll(core, others);
        var found = roots[0].Join(roots[1]);
        return found.Groups.Count > 0
            ? found
            : throw new HttpRequestException(
                HttpRequestError.InvalidResponse, $"the server {_transport.BaseAddress} serves no Kubernetes API (nothing at /api and /apis)");
    }

    private static bool IsAggregated(MediaTypeHeaderValue? type) =>
        type?.Parameters.Any(p => p.Name == "as" && p.Value == "APIGroupDiscoveryList") ?? false;

    private async Task<ApiDiscovery> RootAsync<T>(
        string path, JsonTypeInfo<T> legacy, Func<T, IReadOnlyList<ApiGroup>> groups, CancellationToken cancellationToken)
    {
        try
        {
            var request = new KubeRequest(HttpMethod.Get, path, Accept, RequestTimeout);
            var (aggregated, listed) = await _sender.SendAsync(request, ReadAsync, cancellationToken);
            return aggregated ?? await ByGroupAsync(listed, cancellationToken);

            async Task<(ApiDiscovery? Aggregated, IReadOnlyList<ApiGroup> Listed)> ReadAsync(HttpResponseMessage response, CancellationToken token) =>
                IsAggregated(response.Content.Headers.ContentType)
                    ? (AggregatedDiscovery.Convert(await ReadJsonAsync(request, response, DiscoveryJsonContext.Default.AggregatedGroups, token)), [])
                    : (null, groups(await ReadJsonAsync(request, response, legacy, token)));
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return ApiDiscovery.Empty;
        }
    }

    private async Task<ApiDiscovery> ByGroupAsync(IReadOnlyList<ApiGroup> groups, CancellationToken cancellationToken)
    {
        var versions = groups.SelectMany(g => g.Versions.Select(v => new GroupVersion(g.Name, v))).ToArray();
        var preferred = groups.Select(g => new GroupVersion(g.Name, g.PreferredVersion)).ToHashSet();
        var found = new IReadOnlyList<ApiResource>[versions.Length];
        var failures = new string?[versions.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, versions.Length), options, async (i, token) =>
        {
            (found[i], failures[i]) = await ReadVersionAsync(versions[i], preferred.Contains(versions[i]), token);
        });
        return new ApiDiscovery
        {
            Groups = groups,
            Resources = [.. found.SelectMany(r => r)],
            Failures = versions.Zip(failures).Where(f => f.Second is not null).DistinctBy(f => f.First).ToDictionary(f => f.First, f => f.Second!),
        };
    }

    private async Task<(IReadOnlyList<ApiResource> Found, string? Failure)> ReadVersionAsync(
        GroupVersion version, bool preferred, CancellationToken cancellationToken)
    {
        var path = version.Group.Length == 0 ? $"api/{version.Version}" : $"apis/{version.Group}/{version.Version}";
        try
        {
            var document = await GetAsync(path, DiscoveryJsonContext.Default.ResourceList, cancellationToken);
            return ([.. LegacyDiscovery.Resources(document, version, preferred)], null);
        }
        catch (Exception e) when (e is StatusException or HttpRequestException or IOException)
        {
            return ([], e.Message);
        }
    }

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var request = new KubeRequest(HttpMethod.Get, path, MediaTypes.Json, RequestTimeout);
        return _sender.SendAsync(request, (response, token) => ReadJsonAsync(request, response, type, token), cancellationToken);
    }

    private async Task<T> ReadJsonAsync<T>(
        KubeRequest request, HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var body = await ResponseBody.ReadAsync(response, MaxBytes, cancellationToken);
        if (body.IsTruncated)
        {
            throw new AnswerTooLargeException(request.Describe(), MaxBytes);
        }

        try
        {
            return JsonSerializer.Deserialize(body.Memory.Span, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new HttpRequestException(
                HttpRequestError.InvalidResponse, $"{_transport.BaseAddress} answered {request.Describe()} with what is no discovery document: {e.Message}", e);
        }
    }
}
