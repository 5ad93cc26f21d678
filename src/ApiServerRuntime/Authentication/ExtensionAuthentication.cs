using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Authentication;

/// <summary>
/// Keeps up with the ConfigMap in which a kube-apiserver says how to know its front proxy and its clients: authorities, allowed names and
/// header names. What changes there holds for the next request. Reading it takes the Role <c>extension-apiserver-authentication-reader</c>.
/// </summary>
public sealed class ExtensionAuthentication : IInformerHandler, IAsyncDisposable
{
    private const string Namespace = "kube-system";
    private const string Name = "extension-apiserver-authentication";
    private static readonly GroupVersionResource ConfigMaps = new(string.Empty, "v1", "configmaps");

    private readonly ILogger _logger;
    private readonly InformerLease _lease;
    private readonly IDisposable _handler;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to follow the ConfigMap.</summary>
    /// <param name="informers">The informers of the host.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of changes.</param>
    public ExtensionAuthentication(SharedInformerCache informers, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(informers);
        _logger = logger;
        ClientAuthorities = new ClientCertificateAuthorities(time, logger);
        ProxyAuthorities = new ClientCertificateAuthorities(time, logger);
        RequestHeader = new RequestHeaderAuthenticator(ProxyAuthorities);
        _lease = informers.Acquire(ConfigMaps, new InformerOptions { Namespace = Namespace, FieldSelector = $"metadata.name={Name}" });
        _handler = _lease.Informer.AddHandler(this);
    }

    /// <summary>The authorities of client certificates.</summary>
    public ClientCertificateAuthorities ClientAuthorities { get; }

    /// <summary>The authorities of front proxies.</summary>
    public ClientCertificateAuthorities ProxyAuthorities { get; }

    /// <summary>Believes the front proxy.</summary>
    public RequestHeaderAuthenticator RequestHeader { get; }

    /// <summary>Whether the ConfigMap has been read.</summary>
    public bool IsLoaded => _loaded.Task.IsCompleted;

    /// <summary>Why the ConfigMap cannot be read at present; null when it can.</summary>
    public Exception? LastError => _lease.Informer.LastError;

    /// <summary>Completes when the ConfigMap has been read.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _loaded.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void OnAdd(KubeObject value, bool isInInitialList) => Take(value);

    /// <inheritdoc/>
    public void OnUpdate(KubeObject old, KubeObject value) => Take(value);

    /// <summary>Nothing changes: the host writes the ConfigMap anew when it misses it.</summary>
    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => AuthenticationLog.ConfigUnusable(_logger, $"{Namespace}/{Name}", "it was deleted");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        await _lease.DisposeAsync();
    }

    private static IReadOnlyList<string> Strings(JsonObject data, string key) =>
        (string?)data[key] is { Length: > 0 } text && JsonNode.Parse(text) is JsonArray items ? [.. items.Select(static item => (string?)item).OfType<string>()] : [];

    private void Take(KubeObject configMap)
    {
        if (configMap.Metadata.Name != Name)
        {
            return;
        }

        try
        {
            var data = configMap.GetNode("data") as JsonObject ?? [];
            var names = new RequestHeaderNames
            {
                AllowedNames = Strings(data, "requestheader-allowed-names"),
                User = Strings(data, "requestheader-username-headers"),
                Uid = Strings(data, "requestheader-uid-headers") is { Count: > 0 } uid ? uid : new RequestHeaderNames().Uid,
                Group = Strings(data, "requestheader-group-headers"),
                ExtraPrefix = Strings(data, "requestheader-extra-headers-prefix"),
            };
            ClientAuthorities.Replace((string?)data["client-ca-file"] ?? string.Empty);
            ProxyAuthorities.Replace((string?)data["requestheader-client-ca-file"] ?? string.Empty);
            RequestHeader.Names = names;
            _loaded.TrySetResult();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            AuthenticationLog.ConfigUnusable(_logger, $"{Namespace}/{Name}", e.Message);
        }
    }
}
