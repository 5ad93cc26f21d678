namespace KubeFed.Scale;

/// <summary>Something that was to be measured did not happen; the message says what was last seen.</summary>
internal sealed class MeasurementException(string message, Exception? inner = null) : Exception(message, inner);
