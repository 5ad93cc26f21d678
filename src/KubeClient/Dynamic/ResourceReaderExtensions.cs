using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.KubeClient.Dynamic;

/// <summary>What readers can do on top of their verbs.</summary>
public static class ResourceReaderExtensions
{
    private const int DefaultPage = 500;

    /// <summary>Reads one object, or null when the server answers 404.</summary>
    public static async Task<KubeObject?> FindAsync(
        this IResourceReader reader, GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await reader.GetAsync(resource, name, options, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads one object as a type.</summary>
    /// <exception cref="KubeObjectFormatException">The object does not fit the type.</exception>
    public static async Task<T> GetAsync<T>(
        this IResourceReader reader, GroupVersionResource resource, NamespacedName name, JsonTypeInfo<T> type, GetOptions? options = null, CancellationToken cancellationToken = default) =>
        (await reader.GetAsync(resource, name, options, cancellationToken)).Deserialize(type);

    /// <summary>
    /// Reads all pages, one after the other as the caller comes to them; pages of 500 unless the options say otherwise.
    /// The pages show one version of the collection. When that version is compacted on the way, the rest is read at
    /// the newest version with the token that the server offers, so that no object comes twice; without a token the
    /// enumeration fails with the server's 410.
    /// </summary>
    public static async IAsyncEnumerable<KubeObject> ListAllAsync(
        this IResourceReader reader,
        GroupVersionResource resource,
        string? @namespace,
        ListOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = (options ?? new ListOptions()) with { Limit = options?.Limit ?? DefaultPage };
        while (true)
        {
            var page = await ReadPageAsync(reader, resource, @namespace, next, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            if (page.Continue is null)
            {
                yield break;
            }

            next = Following(next, page.Continue, resource);
        }
    }

    /// <summary>Reads all pages as <see cref="ListAllAsync"/> does and decodes the objects as a type.</summary>
    public static async IAsyncEnumerable<T> ListAllAsync<T>(
        this IResourceReader reader,
        GroupVersionResource resource,
        string? @namespace,
        JsonTypeInfo<T> type,
        ListOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in reader.ListAllAsync(resource, @namespace, options, cancellationToken))
        {
            yield return item.Deserialize(type);
        }
    }

    internal static ListOptions Following(ListOptions options, string token, GroupVersionResource resource) =>
        token == options.Continue
            ? throw new InvalidDataException($"the list of {resource} does not end: a page names itself as the next")
            : options with { Continue = token, ResourceVersion = null, ResourceVersionMatch = ResourceVersionMatch.Unset };

    private static async Task<KubeObjectList> ReadPageAsync(
        IResourceReader reader, GroupVersionResource resource, string? @namespace, ListOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ListAsync(resource, @namespace, options, cancellationToken);
        }
        catch (StatusException e) when (e.IsExpired && options.Continue is not null && e.Status.Metadata?.Continue is { Length: > 0 })
        {
            return await reader.ListAsync(resource, @namespace, options with { Continue = e.Status.Metadata.Continue }, cancellationToken);
        }
    }
}
