using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.TestSupport.Clusters;

namespace KubeFed.Scale.Http;

/// <summary>
/// The plainest client there is: prepared bytes out, the answer read and thrown away. What it adds to a request is the least that
/// anything could add, so that the raw limit is the API server's and not a client's.
/// </summary>
internal sealed class ApiClient(TestCluster cluster) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");
    private static readonly MediaTypeHeaderValue ApplyPatch = new("application/apply-patch+yaml");
    private static readonly MediaTypeWithQualityHeaderValue MetadataOnly =
        MediaTypeWithQualityHeaderValue.Parse("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");

    private readonly HttpClient _http = Create(cluster);

    /// <summary>The cluster's name.</summary>
    public string Cluster => cluster.Name;

    /// <summary>The path of a resource's collection, with a name also of an object.</summary>
    public static string Path(GroupVersionResource resource, string? @namespace, string? name = null)
    {
        var path = new StringBuilder(resource.Group.Length == 0 ? $"api/{resource.Version}" : $"apis/{resource.Group}/{resource.Version}");
        if (@namespace is not null)
        {
            path.Append("/namespaces/").Append(@namespace);
        }

        path.Append('/').Append(resource.Resource);
        return (name is null ? path : path.Append('/').Append(name)).ToString();
    }

    public Task<string> GetAsync(string path, CancellationToken cancellationToken) =>
        ReadAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public Task PostAsync(string path, byte[] body, CancellationToken cancellationToken) =>
        DiscardAsync(Request(HttpMethod.Post, path, body, Json), cancellationToken);

    public async Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken cancellationToken) => JsonNode.Parse(
        await ReadAsync(Request(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body.ToJsonString()), Json), cancellationToken))!;

    public Task MergeAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Patch, path, body, MergePatch);
        request.Headers.Accept.Add(MetadataOnly);
        return DiscardAsync(request, cancellationToken);
    }

    /// <summary>Server-side apply.</summary>
    public Task ApplyAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Patch, path + "?fieldManager=kubefed-scale&force=true", body, ApplyPatch);
        request.Headers.Accept.Add(MetadataOnly);
        return DiscardAsync(request, cancellationToken);
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        DiscardAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellationToken);

    public void Dispose() => _http.Dispose();

    private static HttpClient Create(TestCluster cluster)
    {
        var client = cluster.CreateHttpClient();
        client.Timeout = TimeSpan.FromMinutes(5);
        return client;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, byte[] body, MediaTypeHeaderValue type) => new(method, path)
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = type } },
        Version = System.Net.HttpVersion.Version20,
    };

    private async Task DiscardAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var response = await SendAsync(request, cancellationToken);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
        }
    }

    private async Task<string> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var response = await SendAsync(request, cancellationToken);
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new MeasurementException($"{cluster.Name}: {request.Method} {request.RequestUri} answered {(int)response.StatusCode}: {text}");
        }
    }
}
