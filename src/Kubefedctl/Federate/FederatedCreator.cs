using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.Kubefedctl.Cli;
using KubeFed.Kubefedctl.Clusters;
using KubeFed.Kubefedctl.Objects;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>Creates federated objects, waiting for a type that was enabled a moment ago.</summary>
internal sealed class FederatedCreator(CommandContext context, ClusterConnection host)
{
    private static readonly TimeSpan ServedInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ServedTimeout = TimeSpan.FromSeconds(10);
    private static readonly WriteOptions Write = new() { FieldManager = ObjectEnsurer.FieldManager };

    /// <summary>Creates an object; false where one of that name exists.</summary>
    /// <param name="resource">The federated type.</param>
    /// <param name="federated">The object.</param>
    /// <param name="type">The type that is federated, for messages.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> TryCreateAsync(
        GroupVersionResource resource, KubeObject federated, GroupResource type, CancellationToken cancellationToken)
    {
        StatusException? last = null;
        try
        {
            var made = await Poll.UntilAsync(
                context.Time,
                ServedInterval,
                ServedTimeout,
                async c =>
                {
                    try
                    {
                        return await host.Client.CreateAsync(resource, federated, Write, c);
                    }
                    catch (StatusException e) when (e.IsNotFound)
                    {
                        last = e;
                        return null;
                    }
                },
                cancellationToken);
            if (made is null)
            {
                throw new UserException(
                    $"{host.Title} does not serve {resource.GroupResource}: {last?.Message}; run \"kubefedctl enable {type}\" first", last!);
            }
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            return false;
        }

        context.Progress.Done($"{federated.Title()} created{In(federated)}");
        return true;
    }

    /// <summary>Where an object is, as the end of a sentence.</summary>
    public static string In(KubeObject value) => value.Metadata.Namespace.Length == 0 ? "" : $" in namespace \"{value.Metadata.Namespace}\"";
}
