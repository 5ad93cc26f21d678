using KubeFed.KubeClient.Configuration;
using Microsoft.Extensions.Logging;

namespace KubeFed.KubeClient.Authentication;

/// <summary>
/// Credentials of a plugin, kept until they expire or the server refuses them. However many callers wait, one run is under
/// way at most, and a caller that gives up does not end it for the others.
/// </summary>
internal sealed class ExecCredentialSource : ICredentialSource
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ExecPluginRunner _runner;
    private readonly ExecPluginConfig _plugin;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private ExecCredential? _current;
    private Task<ExecCredential>? _running;

    public ExecCredentialSource(KubeClientConfig config, TimeProvider clock, ILogger logger, Func<bool>? hasTerminal = null)
    {
        _plugin = config.Exec!;
        _clock = clock;
        _logger = logger;
        _runner = new ExecPluginRunner(config, clock, hasTerminal ?? (() => !Console.IsInputRedirected));
    }

    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        Task<ExecCredential> run;
        lock (_gate)
        {
            if (_current is { } current && !current.IsExpired(_clock.GetUtcNow()))
            {
                return current.Credential;
            }

            run = _running ??= Task.Run(RunAsync, CancellationToken.None);
        }

        return (await run.WaitAsync(cancellationToken)).Credential;
    }

    public async ValueTask<Credential?> RefreshAsync(Credential refused, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_current?.Credential, refused))
            {
                _current = null;
            }
        }

        try
        {
            return await GetAsync(cancellationToken);
        }
        catch (CredentialException e)
        {
            AuthenticationLog.PluginFailedAfterRefusal(_logger, e.Message);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? running;
        lock (_gate)
        {
            running = _running;
        }

        await _stop.CancelAsync();
        if (running is not null)
        {
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private async Task<ExecCredential> RunAsync()
    {
        ExecCredential? result = null;
        try
        {
            result = ExecCredential.Read(await _runner.RunAsync(_stop.Token), _plugin);
            AuthenticationLog.PluginAnswered(_logger, _plugin.Command, result.Expiration);
            return result;
        }
        finally
        {
            lock (_gate)
            {
                _current = result ?? _current;
                _running = null;
            }
        }
    }
}
