using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Certificates;

/// <summary>
/// Keeps the certificates that the replicas of a server make for themselves: in a Secret that the first replica fills (who comes second
/// reads what the first wrote), with the authorities published before anything of theirs is served. While the API server that has the
/// Secret cannot be reached, what was served is served on.
/// </summary>
/// <param name="host">Who has the Secret. Needs the verbs get and update on it, and create where it is not there.</param>
/// <param name="secretName">The Secret; nothing else may write it.</param>
/// <param name="fieldManager">In whose name it is written.</param>
/// <param name="publisher">Gives clients the authorities.</param>
/// <param name="rotation">Says what is due.</param>
/// <param name="serving">What the server shows; replaced by this.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where to log.</param>
public sealed class CertificateKeeper(
    IDynamicClient host,
    NamespacedName secretName,
    string fieldManager,
    IAuthorityPublisher publisher,
    CertificateRotation rotation,
    ServingCertificate serving,
    TimeProvider time,
    ILogger logger)
{
    private const int MostConflicts = 5;

    private static readonly GroupVersionResource Secrets = new(string.Empty, "v1", "secrets");
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private readonly WriteOptions _write = new() { FieldManager = fieldManager };
    private string? _published;
    private string? _problem = "the serving certificate has not been read from the host yet";

    /// <summary>Why the server cannot be trusted by its clients yet; null once it could.</summary>
    public string? WhyNotReady => Volatile.Read(ref _problem);

    /// <summary>Looks after the certificates every minute, and every second while that does not work; until cancelled.</summary>
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

    /// <summary>One round. False: something that is to hold the authorities is not there yet.</summary>
    internal async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        var state = await KeepAsync(cancellationToken);
        var isEverywhere = await publisher.PublishAsync(state.Bundle, cancellationToken);
        _published = isEverywhere ? state.Bundle : null;
        serving.Replace(state.Leaf!);
        Volatile.Write(ref _problem, null);
        return isEverywhere;
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
                _write,
                cancellationToken);
        }

        var changed = secret.ToNode();
        changed["data"] = CertificateSecret.Write(state);
        return host.UpdateAsync(Secrets, KubeObject.FromNode(changed), _write, cancellationToken);
    }
}
