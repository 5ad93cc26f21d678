using System.Globalization;
using Microsoft.Extensions.Logging;

namespace KubeFed.ComponentBase.Logging;

/// <summary>
/// The named values of one log entry: those of the message first, then those of its scopes from the innermost out. Of several with
/// one name the first counts. Names begin in lower case.
/// </summary>
internal sealed class LogFields
{
    private const string MessageTemplate = "{OriginalFormat}";

    private readonly List<KeyValuePair<string, object?>> _fields = [];

    public IReadOnlyList<KeyValuePair<string, object?>> Items => _fields;

    public static LogFields Of(object? state, IExternalScopeProvider? scopes)
    {
        var fields = new LogFields();
        fields.AddAll(state);
        if (scopes is not null)
        {
            var states = new List<object?>();
            scopes.ForEachScope(static (scope, list) => list.Add(scope), states);
            for (var i = states.Count - 1; i >= 0; i--)
            {
                fields.AddAll(states[i]);
            }
        }

        return fields;
    }

    public static string LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    public static string? ValueText(object? value) => value switch
    {
        null => null,
        string text => text,
        TimeSpan duration => Options.GoDuration.Format(duration),
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static string ErrorText(Exception error)
    {
        var text = $"{error.GetType().Name}: {error.Message}";
        for (var inner = error.InnerException; inner is not null; inner = inner.InnerException)
        {
            text += $": {inner.GetType().Name}: {inner.Message}";
        }

        return text;
    }

    private void AddAll(object? state)
    {
        if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            foreach (var (name, value) in pairs)
            {
                Add(name, value);
            }
        }
    }

    private void Add(string name, object? value)
    {
        if (name.Length == 0 || name == MessageTemplate)
        {
            return;
        }

        if (char.IsUpper(name[0]))
        {
            name = char.ToLowerInvariant(name[0]) + name[1..];
        }

        if (!_fields.Exists(field => field.Key == name))
        {
            _fields.Add(new KeyValuePair<string, object?>(name, value));
        }
    }
}
