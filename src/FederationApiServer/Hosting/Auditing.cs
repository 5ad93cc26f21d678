using KubeFed.ApiServerRuntime.Auditing;
using KubeFed.ApiServerRuntime.Hosting;
using KubeFed.ComponentBase.Hosting;
using KubeFed.ComponentBase.Telemetry;
using KubeFed.FederationApiServer.Options;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationApiServer.Hosting;

/// <summary>The audit log that the flags ask for; disposed last, so that what waits is written.</summary>
internal sealed class Auditing : IAsyncDisposable
{
    private readonly AuditLog? _log;

    private Auditing(AuditLog? log, IRequestFilter? filter)
    {
        _log = log;
        Filter = filter;
    }

    /// <summary>What logs each request; null where no log is asked for.</summary>
    public IRequestFilter? Filter { get; }

    /// <exception cref="ComponentStartException">The policy cannot be read, or the file cannot be written.</exception>
    public static Auditing Open(AuditOptions options, ComponentTelemetry telemetry, ILoggerFactory loggers)
    {
        if (options.Path is not { } path)
        {
            return new Auditing(null, null);
        }

        try
        {
            var policy = options.PolicyFile is { } file ? AuditPolicy.Parse(File.ReadAllText(file)) : AuditPolicy.Metadata;
            IAuditSink sink = path == "-"
                ? new AuditOutput(Console.OpenStandardOutput())
                : new AuditFile(path, options.MaxMegabytes, options.MaxBackups, TimeProvider.System);
            var log = new AuditLog(sink, new AuditLogOptions(), TimeProvider.System, loggers.CreateLogger("KubeFed.ApiServerRuntime.Auditing"), telemetry.Meters);
            return new Auditing(log, new AuditFilter(policy, log, TimeProvider.System));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ComponentStartException($"the audit log cannot be written: {e.Message}", e);
        }
    }

    public ValueTask DisposeAsync() => _log?.DisposeAsync() ?? ValueTask.CompletedTask;
}
