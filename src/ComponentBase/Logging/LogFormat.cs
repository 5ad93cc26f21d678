namespace KubeFed.ComponentBase.Logging;

/// <summary>The forms of log lines.</summary>
public enum LogFormat
{
    /// <summary>One line of <c>key=value</c> pairs for each entry.</summary>
    Text,

    /// <summary>One JSON object on a line for each entry.</summary>
    Json,
}
