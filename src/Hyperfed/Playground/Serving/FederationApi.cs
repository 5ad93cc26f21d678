using System.CommandLine;
using System.Runtime.ExceptionServices;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Options;
using KubeFed.FederationApiServer.Hosting;
using KubeFed.FederationApiServer.Options;
using KubeFed.Hyperfed.Playground.Clusters;
using KubeFed.KubeClient.Dynamic;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Serving;

/// <summary>The federation's API server, in this process, behind the host's: its objects are in memory, and the host sends it their requests.</summary>
internal sealed class FederationApi : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    private FederationApi(ApiServerProgramOptions options, ILoggerFactory logging) => _running =
        Task.Run(() => FederationServer.ServeAsync(options, logging, _listening.SetResult, _stopping.Token), CancellationToken.None);

    /// <summary>Starts it and returns when the host serves its types.</summary>
    /// <param name="host">The host's API.</param>
    /// <param name="kubeconfig">The playground's kubeconfig file.</param>
    /// <param name="dataFolder">Where its certificates are to be; made when it is missing.</param>
    /// <param name="logging">The logs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PlaygroundException">It cannot start.</exception>
    public static async Task<FederationApi> StartAsync(
        IDynamicClient host, string kubeconfig, string dataFolder, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var api = new FederationApi(Options(kubeconfig, dataFolder), logging);
        try
        {
            await Task.WhenAny(api._listening.Task, api._running).WaitAsync(cancellationToken);
            api.ThrowIfEnded();
            string authority = await File.ReadAllTextAsync(Path.Combine(dataFolder, "certificates", "ca.crt"), cancellationToken);
            await Registration.CreateAsync(host, (await api._listening.Task).Port, authority, cancellationToken);
            foreach (var version in Registration.GroupVersions)
            {
                await Readiness.WaitAsync(host, $"/apis/{version}", api.ThrowIfEnded, time, cancellationToken);
            }

            return api;
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when it ended by itself, which it should not.</summary>
    /// <exception cref="PlaygroundException">Why it ended.</exception>
    public async Task WhenFailedAsync()
    {
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_stopping.IsCancellationRequested)
        {
            ThrowIfEnded();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    // As on its own command line.
    private static ApiServerProgramOptions Options(string kubeconfig, string dataFolder)
    {
        var options = new ApiServerProgramOptions();
        var command = new Command("apiserver");
        OptionGroups.AddFlags(command, options);
        string[] flags =
        [
            "--kubeconfig", kubeconfig, "--host-cluster-context", Members.Host, "--bind-address", "127.0.0.1", "--secure-port", "0", "--storage-backend", "memory",
            "--data-dir", dataFolder,
        ];
        return OptionGroups.Read(command.Parse(flags), options) is { Count: > 0 } problems
            ? throw new PlaygroundException($"The federation's API server cannot start: {string.Join("; ", problems)}.")
            : options;
    }

    private void ThrowIfEnded()
    {
        if (_running.Exception?.InnerException is OutOfMemoryException exhausted)
        {
            ExceptionDispatchInfo.Throw(exhausted);
        }

        if (_running.IsCompleted)
        {
            throw _running.Exception?.InnerException is ComponentStartException e
                ? new PlaygroundException($"The federation's API server cannot start: {e.Message}.", e)
                : new PlaygroundException($"The federation's API server ended unexpectedly: {_running.Exception?.InnerException?.Message ?? "without saying why"}.");
        }
    }
}
