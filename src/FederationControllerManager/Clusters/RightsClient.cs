using System.Runtime.CompilerServices;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>
/// A client of a member that notes which rights the member denies, and makes of each 403 a message that names verb, resource, namespace and
/// cluster. Everything else passes through unchanged.
/// </summary>
internal sealed class RightsClient(IDynamicClient inner, string cluster, MissingRights missing) : IDynamicClient
{
    public Task<KubeObject> GetAsync(
        GroupVersionResource resource, NamespacedName name, GetOptions? options = null, CancellationToken cancellationToken = default) =>
        WatchOverAsync(inner.GetAsync(resource, name, options, cancellationToken), new Use("get", resource, name.Namespace, name.Name));

    public Task<KubeObjectList> ListAsync(
        GroupVersionResource resource, string? @namespace, ListOptions? options = null, CancellationToken cancellationToken = default) =>
        WatchOverAsync(inner.ListAsync(resource, @namespace, options, cancellationToken), new Use("list", resource, @namespace ?? ""));

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionResource resource,
        string? @namespace,
        WatchOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var use = new Use("watch", resource, @namespace ?? "");
        var told = (options ?? new WatchOptions()) with
        {
            OnOpened = () =>
            {
                Grant(use);
                options?.OnOpened?.Invoke();
            },
        };
        await using var events = inner.WatchAsync(resource, @namespace, told, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (StatusException e) when (IsRefusal(e))
            {
                throw Refused(e, use);
            }

            yield return events.Current;
        }
    }

    public Task<KubeObject> CreateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WatchOverAsync(
            inner.CreateAsync(resource, value, options, cancellationToken), new Use("create", resource, value.Metadata.Namespace, value.Metadata.Name, options?.Subresource));

    public Task<KubeObject> UpdateAsync(
        GroupVersionResource resource, KubeObject value, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WatchOverAsync(
            inner.UpdateAsync(resource, value, options, cancellationToken), new Use("update", resource, value.Metadata.Namespace, value.Metadata.Name, options?.Subresource));

    public Task<KubeObject> PatchAsync(
        GroupVersionResource resource, NamespacedName name, Patch patch, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        WatchOverAsync(
            inner.PatchAsync(resource, name, patch, options, cancellationToken), new Use("patch", resource, name.Namespace, name.Name, options?.Subresource));

    public Task<KubeObject> ApplyAsync(
        GroupVersionResource resource, NamespacedName name, ReadOnlyMemory<byte> configuration, ApplyOptions options, CancellationToken cancellationToken = default) =>
        WatchOverAsync(
            inner.ApplyAsync(resource, name, configuration, options, cancellationToken),
            new Use("patch", resource, name.Namespace, name.Name, MayCreate: true));

    public Task<KubeObject?> DeleteAsync(
        GroupVersionResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellationToken = default) =>
        WatchOverAsync(inner.DeleteAsync(resource, name, options, cancellationToken), new Use("delete", resource, name.Namespace, name.Name));

    public async Task DeleteCollectionAsync(
        GroupVersionResource resource,
        string? @namespace,
        DeleteOptions? options = null,
        ListOptions? listOptions = null,
        CancellationToken cancellationToken = default)
    {
        var use = new Use("deletecollection", resource, @namespace ?? "");
        try
        {
            await inner.DeleteCollectionAsync(resource, @namespace, options, listOptions, cancellationToken);
            Grant(use);
        }
        catch (StatusException e) when (IsRefusal(e))
        {
            throw Refused(e, use);
        }
    }

    public Task<(int Code, string Body)> GetPathAsync(string path, CancellationToken cancellationToken = default) =>
        inner.GetPathAsync(path, cancellationToken);

    private async Task<T> WatchOverAsync<T>(Task<T> call, Use use)
    {
        try
        {
            var answer = await call;
            Grant(use);
            return answer;
        }
        catch (StatusException e) when (IsRefusal(e))
        {
            throw Refused(e, use);
        }
    }

    private static bool IsRefusal(StatusException e) => e.IsForbidden && !e.IsNamespaceTerminating;

    private void Grant(Use use)
    {
        if (missing.IsEmpty)
        {
            return;
        }

        missing.Grant(use.ToRight(use.Verb));
        if (use.MayCreate)
        {
            // An apply needs the right to create only where there is no object yet.
            missing.Grant(use.ToRight("create"), use.Name);
        }
    }

    private StatusException Refused(StatusException e, Use use)
    {
        if ((MissingRight.TryRead(e, out var user) ?? ReadUnsaid(e, use)) is { } right)
        {
            missing.Note(right, user, use.Name);
            return With(e, $"the control plane may not {right} of cluster \"{cluster}\": grant that there to {MissingRights.Grantee(user)}{Cause(e)}");
        }

        return With(e, $"cluster \"{cluster}\" refused to {use.ToRight(use.Verb)}: {e.Message}");
    }

    /// <summary>
    /// An API server that denies an apply the creation of its object gives only the authorizer's reason, which is none or one of RBAC's,
    /// in place of the sentence.
    /// </summary>
    private static MissingRight? ReadUnsaid(StatusException e, Use use)
    {
        const string Forbidden = " is forbidden:";
        var at = e.Message.IndexOf(Forbidden, StringComparison.Ordinal);
        var reason = at < 0 ? "?" : e.Message[(at + Forbidden.Length)..].Trim();
        return use.MayCreate && (reason.Length == 0 || reason.StartsWith("RBAC: ", StringComparison.Ordinal)) ? use.ToRight("create") : null;
    }

    /// <summary>What RBAC says of roles that bindings name and nobody made.</summary>
    private static string Cause(StatusException e)
    {
        var at = e.Message.IndexOf(": RBAC: ", StringComparison.Ordinal);
        return at < 0 ? "" : $" ({e.Message[(at + 2)..]})";
    }

    private static StatusException With(StatusException e, string message) => new(e.Status with { Message = message }, e);

    /// <summary>A request as authorizers see it.</summary>
    private sealed record Use(
        string Verb, GroupVersionResource Resource, string Namespace, string Name = "", string? Subresource = null, bool MayCreate = false)
    {
        public MissingRight ToRight(string verb)
        {
            var resource = string.IsNullOrEmpty(Subresource) ? Resource.Resource : $"{Resource.Resource}/{Subresource}";
            return new MissingRight(verb, MissingRight.Qualify(resource, Resource.Group), Namespace);
        }
    }
}
