using System.Runtime.CompilerServices;
using System.Text;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>
/// The verbs of an API server over a transport. Safe for concurrent use; costs nothing while idle. Beside what
/// <see cref="IDynamicClient"/> says, calls fail in these ways: time that runs out is a <see cref="StatusException"/> with
/// code 504, reason Timeout and a <see cref="TimeoutException"/> inside; a body larger than the options allow is an
/// <see cref="AnswerTooLargeException"/>; a 2xx body that is no object is a <see cref="KubeObjectFormatException"/>; a
/// connection that breaks within a body is an <see cref="IOException"/>. A watch is never tried again by itself.
/// </summary>
public sealed class DynamicClient : IDynamicClient
{
    private const int MaxPathBytes = 1 << 20;

    private static readonly DynamicClientOptions DefaultOptions = new();

    private readonly DynamicClientOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestSender _sender;
    private readonly Lock _randomLock = new();
    private readonly Random _random;

    /// <summary>Creates a client over a transport, which stays the caller's to dispose.</summary>
    public DynamicClient(IKubeTransport transport, DynamicClientOptions? options = null, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _options = options ?? DefaultOptions;
        _time = time ?? TimeProvider.System;
        _random = _options.Seed is { } seed ? new Random(seed) : new Random();
        _sender = new RequestSender(transport, _options, _time, logger ?? NullLogger.Instance);
    }

    /// <inheritdoc/>
    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        var path = ResourceUri.Object(resource, name, options?.Subresource) + Query.Of(options);
        return ReadAsync(Request(HttpMethod.Get, path, options?.Representation ?? default), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        var path = ResourceUri.Collection(resource, @namespace) + Query.Of(options);
        var request = new KubeRequest(HttpMethod.Get, path, MediaTypes.ForList(options?.Representation ?? default), _options.ListTimeout);
        return _sender.SendAsync(request, (response, token) => ReadListAsync(request, response, token), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource, string? @namespace, WatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new WatchOptions();
        var timeout = options.Timeout ?? RandomTimeout();
        var path = ResourceUri.Collection(resource, @namespace) + Query.Of(options, timeout);
        return WatchCoreAsync(Request(HttpMethod.Get, path, options.Representation), options, timeout, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var path = string.IsNullOrEmpty(options?.Subresource)
            ? ResourceUri.Collection(resource, value.Metadata.Namespace)
            : ResourceUri.Object(resource, value.Key, options.Subresource);
        return WriteAsync(HttpMethod.Post, path, value.Utf8Json, MediaTypes.Json, options, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteAsync(
            HttpMethod.Put, ResourceUri.Object(resource, value.Key, options?.Subresource), value.Utf8Json, MediaTypes.Json, options, cancellationToken);

    /// <inheritdoc/>
    public Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteAsync(
            HttpMethod.Patch, ResourceUri.Object(resource, name, options?.Subresource), patch.Body, MediaTypes.ForPatch(patch.Type), options, cancellationToken);

    /// <inheritdoc/>
    public Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.FieldManager, nameof(options));
        return PatchAsync(resource, name, new Patch(PatchType.Apply, configuration), options, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = Request(HttpMethod.Delete, ResourceUri.Object(resource, name, null), default) with { Body = DeleteOptionsJson.Write(options) };
        var answer = await ReadAsync(request, cancellationToken);
        return answer is { Kind: "Status", ApiVersion: "v1" } ? null : answer;
    }

    /// <inheritdoc/>
    public Task DeleteCollectionAsync(
        GroupVersionResource resource, string? @namespace, DeleteOptions? options = null, ListOptions? listOptions = null, CancellationToken cancellationToken = default)
    {
        var path = ResourceUri.Collection(resource, @namespace) + Query.Of(listOptions);
        var request = new KubeRequest(HttpMethod.Delete, path, MediaTypes.ForList(Representation.Metadata), _options.ListTimeout)
        {
            Body = DeleteOptionsJson.Write(options),
            IsIdempotent = false,
        };
        return _sender.SendAsync(request, static (_, _) => Task.FromResult(true), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var request = new KubeRequest(HttpMethod.Get, path.TrimStart('/'), "application/json, */*", _options.RequestTimeout);
        return await _sender.SendOnceAsync(request, static async (response, token) =>
        {
            using var body = await ResponseBody.ReadAsync(response, MaxPathBytes, token);
            return ((int)response.StatusCode, Encoding.UTF8.GetString(body.Memory.Span));
        }, cancellationToken);
    }

    private KubeRequest Request(HttpMethod method, string path, Representation representation) =>
        new(method, path, MediaTypes.ForObject(representation), _options.RequestTimeout);

    private Task<KubeObject> WriteAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string contentType, WriteOptions? options, CancellationToken cancellationToken)
    {
        var request = Request(method, path + Query.Of(options), options?.Representation ?? default);
        var isIdempotent = request.IsIdempotent || contentType == MediaTypes.Apply;
        return ReadAsync(request with { Body = body, ContentType = contentType, IsIdempotent = isIdempotent }, cancellationToken);
    }

    private Task<KubeObject> ReadAsync(KubeRequest request, CancellationToken cancellationToken) =>
        _sender.SendAsync(request, (response, token) => ReadObjectAsync(request, response, token), cancellationToken);

    private async Task<KubeObject> ReadObjectAsync(KubeRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await ResponseBody.ReadAsync(response, _options.MaxObjectBytes, cancellationToken);
        return body.IsTruncated
            ? throw new AnswerTooLargeException(request.Describe(), _options.MaxObjectBytes)
            : KubeObject.Parse(body.Memory.ToArray());
    }

    private async Task<KubeObjectList> ReadListAsync(KubeRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await ResponseBody.ReadAsync(response, _options.MaxListBytes, cancellationToken);
        return body.IsTruncated
            ? throw new AnswerTooLargeException(request.Describe(), _options.MaxListBytes)
            : ListDecoder.Decode(body.Memory);
    }

    private async IAsyncEnumerable<WatchEvent> WatchCoreAsync(
        KubeRequest request, WatchOptions options, TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var response = await _sender.OpenAsync(request, cancellationToken);
        await using var session = await WatchSession.StartAsync(response, timeout, _options, _time, cancellationToken);
        options.OnOpened?.Invoke();
        while (await session.ReadAsync() is { } next)
        {
            yield return next;
        }
    }

    private TimeSpan RandomTimeout()
    {
        lock (_randomLock)
        {
            return TimeSpan.FromSeconds(_random.Next(300, 601));
        }
    }
}
