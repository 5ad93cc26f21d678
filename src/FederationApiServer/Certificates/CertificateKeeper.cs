using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Certificates;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Certificates;

/// <summary>
/// Keeps the certificates that the replicas of the server make for themselves: in a Secret of the host that the first replica fills (who
/// comes second reads what the first wrote), with the authorities published in the <c>caBundle</c> of the APIServices before anything of
/// theirs is served. While the host cannot be reached, what was served is served on.
/// </summary>
internal sealed class CertificateKeeper(
    IDynamicClient host,
    NamespacedName secretName,
    IReadOnlyList<string> apiServices,
    CertificateRotation rotation,
    ServingCertificate serving,
    TimeProvider time,
    ILogger logger)
{
    private const int MostConflicts = 5;

    private static readonly GroupVersionResource Secrets = new(string.Empty, "v1", "secrets");
    private static readonly GroupVersionResource ApiServices = new("apiregistration.k8s.io", "v1", "apiservices");
    private static readonly WriteOptions Write = new() { FieldManager = "kubefed-apiserver" };
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private string? _published;
    private string? _problem = "the serving certificate has not been read from the host yet";

    /// <summary>Why the server cannot be trusted by the host yet; null once it could.</summary>
    public string? WhyNotReady => Volatile.Read(ref _problem);

    /// <summary>Looks after the certificates every minute, and every second while that does not work.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? told = null;
        while (true)
        {
            var isDone = false;
            try
            {
                isDone = await ReconcileAsync(cancellationToken);
                told = null;
            }
            catch (Exception e) when (e is StatusException or HttpRequestException)
            {
                if (e.Message != told)
                {
                    CertificateKeeperLog.Failed(logger, told = e.Message);
                }
            }

            await Task.Delay(isDone ? Period : RetryEvery, time, cancellationToken);
        }
    }

    /// <summary>One round. False: an APIService is not there yet.</summary>
    internal async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        var state = await KeepAsync(cancellationToken);
        var missing = await PublishAsync(state.Bundle, cancellationToken);
        _published = missing ? null : state.Bundle;
        serving.Replace(state.Leaf!);
        Volatile.Write(ref _problem, null);
        return !missing;
    }

    private async Task<CertificateRotationState> KeepAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var secret = await host.FindAsync(Secrets, secretName, null, cancellationToken);
            var state = CertificateSecret.Read(secret);
            var now = time.GetUtcNow();
            var known = _published == state.Bundle ? CertificateRotation.Published(state, state.Bundle, now) : state;
            var wanted = rotation.Step(known, now).State;
            if (ReferenceEquals(wanted, state))
            {
                return wanted;
            }

            try
            {
                await WriteAsync(secret, wanted, cancellationToken);
                CertificateKeeperLog.Written(logger, secretName.ToString());
                return wanted;
            }
            catch (StatusException e) when ((e.IsConflict || e.IsAlreadyExists) && tries < MostConflicts)
            {
                CertificateKeeperLog.Outrun(logger, secretName.ToString());
            }
        }
    }

    private Task<KubeObject> WriteAsync(KubeObject? secret, CertificateRotationState state, CancellationToken cancellationToken)
    {
        if (secret is null)
        {
            return host.CreateAsync(
                Secrets,
                KubeObject.FromNode(new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "Secret",
                    ["metadata"] = new JsonObject { ["namespace"] = secretName.Namespace, ["name"] = secretName.Name },
                    ["type"] = "Opaque",
                    ["data"] = CertificateSecret.Write(state),
                }),
                Write,
                cancellationToken);
        }

        var changed = secret.ToNode();
        changed["data"] = CertificateSecret.Write(state);
        return host.UpdateAsync(Secrets, KubeObject.FromNode(changed), Write, cancellationToken);
    }

    /// <summary>True: an APIService is missing. Those that exist have the bundle.</summary>
    private async Task<bool> PublishAsync(string bundle, CancellationToken cancellationToken)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(bundle));
        var missing = false;
        foreach (var name in apiServices)
        {
            var service = await host.FindAsync(ApiServices, NamespacedName.Cluster(name), null, cancellationToken);
            missing |= service is null;
            if (service is not null && service.GetString("spec", "caBundle") != encoded)
            {
                var patch = Patch.Merge(new JsonObject { ["spec"] = new JsonObject { ["caBundle"] = encoded } });
                await host.PatchAsync(ApiServices, service.Key, patch, Write, cancellationToken);
                CertificateKeeperLog.Published(logger, name);
            }
        }

        return missing;
    }
}
