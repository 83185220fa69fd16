namespace MLNetNlp.Transformers.Checkpoints;

/// <summary>How far the download of one file is.</summary>
/// <param name="FileName">The file's name in the repository.</param>
/// <param name="BytesDone">Bytes on disk, those of an earlier, interrupted download included.</param>
/// <param name="BytesTotal">The file's size.</param>
public sealed record HubProgress(string FileName, long BytesDone, long BytesTotal);
