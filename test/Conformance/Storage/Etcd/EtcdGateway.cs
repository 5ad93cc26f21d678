using System.Text;
using System.Text.Json;
using KubeFed.TestSupport.Clusters.Etcd;

namespace KubeFed.Conformance.Storage.Etcd;

/// <summary>Speaks to an etcd beside the storage, by its JSON gateway.</summary>
internal sealed class EtcdGateway(EtcdServer server) : IDisposable
{
    private readonly HttpClient _client = new();

    public async Task<JsonElement> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(new Uri(server.Endpoints[0] + path), content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>How often a key was written; 0 when it does not exist.</summary>
    public async Task<int> VersionAsync(string key)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(key));
        var answer = await PostAsync("/v3/kv/range", $$"""{"key":"{{encoded}}"}""");
        return answer.TryGetProperty("kvs", out var found) ? int.Parse(found[0].GetProperty("version").GetString()!) : 0;
    }

    public async Task<int> LeasesAsync()
    {
        var answer = await PostAsync("/v3/lease/leases", "{}");
        return answer.TryGetProperty("leases", out var leases) ? leases.GetArrayLength() : 0;
    }

    public async Task EnableAuthenticationAsync(string rootPassword)
    {
        await PostAsync("/v3/auth/user/add", $$"""{"name":"root","password":"{{rootPassword}}"}""");
        await PostAsync("/v3/auth/role/add", """{"name":"root"}""");
        await PostAsync("/v3/auth/user/grant", """{"user":"root","role":"root"}""");
        await PostAsync("/v3/auth/user/add", """{"name":"nobody","password":"nothing"}""");
        await PostAsync("/v3/auth/enable", "{}");
    }

    public void Dispose() => _client.Dispose();
}
