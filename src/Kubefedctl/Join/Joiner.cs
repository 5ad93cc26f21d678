using KubeFed.ApiMachinery.Identity;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Join;

/// <summary>Registers a member with a host. Leaves nothing of its own behind when it fails.</summary>
internal sealed class Joiner(CommandContext context, JoinOptions options)
{
    private static readonly TimeSpan UndoTimeout = TimeSpan.FromSeconds(30);

    private readonly JoinPrinter _printer = new(context.Progress);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var host = context.ConnectHost();
        var member = context.ConnectMember(options.MemberContext);
        var names = MemberNames.For(options.Cluster, options.HostClusterName, host.Context, options.Namespace);
        var namespaced = await FederationScope.IsNamespacedAsync(host, options.Namespace, cancellationToken);
        var undo = new UndoLog(context.Progress);
        var registration = new HostRegistration(host, Ensurer(host, "host", undo), options);
        var existing = await registration.FindAsync(cancellationToken);
        await registration.CheckSecretAsync(existing, cancellationToken);

        _printer.Started(options.Cluster, member, host);
        await undo.GuardAsync(
            async () =>
            {
                var ensurer = Ensurer(member, "member", undo);
                await new MemberAccess(member, ensurer, names, options, context.Time).EnsureAsync(namespaced, cancellationToken);
                var token = await GetTokenAsync(member, ensurer, names, cancellationToken);
                await registration.WriteAsync(existing, EndpointFor(member, token), token, cancellationToken);
            },
            context.Time,
            UndoTimeout);
        _printer.Finished(options.Cluster);
    }

    private async Task<MemberToken> GetTokenAsync(
        ClusterConnection member, ObjectEnsurer ensurer, MemberNames names, CancellationToken cancellationToken)
    {
        if (options.DryRun)
        {
            _printer.TokenSkipped();
            return new MemberToken("", ReadOnlyMemory<byte>.Empty, null);
        }

        var account = new NamespacedName(options.Namespace, names.ServiceAccount);
        var token = await new MemberTokenSource(member, ensurer, context.Time).GetAsync(account, names.TokenSecret, cancellationToken);
        await new TokenTrial(context.Environment.Connector, context.Time)
            .RunAsync(member, EndpointFor(member, token), token, cancellationToken);
        _printer.TokenAccepted(token.Expires);
        return token;
    }

    /// <summary>
    /// The member's endpoint as the control plane will know it: where the kubeconfig names no authorities, those of the
    /// token Secret; a proxy without credentials, since a KubeFedCluster is no place for them.
    /// </summary>
    private static ClusterEndpoint EndpointFor(ClusterConnection member, MemberToken token)
    {
        var endpoint = member.Endpoint.WithoutProxyCredentials();
        return endpoint.CaBundle.IsEmpty && !endpoint.Insecure ? endpoint with { CaBundle = token.CaBundle } : endpoint;
    }

    private ObjectEnsurer Ensurer(ClusterConnection cluster, string prefix, UndoLog undo) =>
        new(cluster, prefix, context.Progress, undo, context.Time, options.ErrorOnExisting);
}
