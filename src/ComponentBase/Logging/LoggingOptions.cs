using System.CommandLine;
using KubeFed.ComponentBase.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace KubeFed.ComponentBase.Logging;

/// <summary>The flags <c>--v</c> and <c>--logging-format</c>.</summary>
public sealed class LoggingOptions : IOptionGroup
{
    private const int DebugVerbosity = 4;
    private const int TraceVerbosity = 6;

    private readonly Option<int> _verbosity = new("--v")
    {
        Aliases = { "-v" },
        Description = "How much is logged: 0 to 3 information, 4 and 5 also debugging, 6 and more everything.",
        HelpName = "level",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<LogFormat> _format = Flags.Choice("--logging-format", LogFormat.Text, "The form of log lines.");

    /// <summary>How much is logged, on the scale of <c>--v</c>.</summary>
    /// <value>The default is 0.</value>
    public int Verbosity { get; set; }

    /// <summary>The form of log lines.</summary>
    /// <value>The default is <see cref="LogFormat.Text"/>.</value>
    public LogFormat Format { get; set; }

    /// <summary>The least level that is logged: information from 0, debug from 4, trace from 6.</summary>
    public LogLevel MinimumLevel => Verbosity switch
    {
        >= TraceVerbosity => LogLevel.Trace,
        >= DebugVerbosity => LogLevel.Debug,
        _ => LogLevel.Information,
    };

    /// <inheritdoc/>
    public void AddFlags(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Options.Add(_verbosity);
        command.Options.Add(_format);
    }

    /// <inheritdoc/>
    public void Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Verbosity = result.GetValue(_verbosity);
        Format = result.GetValue(_format);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate() => Verbosity < 0 ? [$"--v {Verbosity} must not be negative"] : [];

    /// <summary>
    /// Sends log lines to standard error in the chosen form and amount, and nowhere else. The web server's and HTTP client's own lines
    /// below a warning appear only from trace on.
    /// </summary>
    public void ApplyTo(ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);
        SetLevels(logging);
        logging.Services.AddSingleton<ConsoleFormatter>(provider => new TextLogFormatter(Clock(provider)));
        logging.Services.AddSingleton<ConsoleFormatter>(provider => new JsonLogFormatter(Clock(provider)));
        logging.AddConsole(console =>
        {
            console.FormatterName = Format == LogFormat.Json ? JsonLogFormatter.FormatterName : TextLogFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
    }

    /// <summary>A logger factory of these options, for programs without a host. Disposing it writes out what is pending.</summary>
    public ILoggerFactory CreateFactory() => LoggerFactory.Create(ApplyTo);

    /// <summary>A logger factory of these options that writes lines of text to a writer instead. The writer is flushed with it, not closed.</summary>
    public ILoggerFactory CreateFactory(TextWriter writer, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(time);
        return LoggerFactory.Create(logging =>
        {
            SetLevels(logging);
            logging.AddProvider(new WriterLoggerProvider(writer, new TextLogFormatter(time)));
        });
    }

    private void SetLevels(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(MinimumLevel);
        if (MinimumLevel > LogLevel.Trace)
        {
            logging.AddFilter("Microsoft", LogLevel.Warning);
            logging.AddFilter("System", LogLevel.Warning);
        }
    }

    private static TimeProvider Clock(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
}
