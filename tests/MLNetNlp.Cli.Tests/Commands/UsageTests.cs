namespace MLNetNlp.Cli.Tests.Commands;

[TestClass]
public sealed class UsageTests
{
    private static readonly string[] Train = ["train", "classification", "--train", "x.tsv", "--text", "a", "--label", "b", "--output", "x.zip"];

    [TestMethod]
    [DataRow("--epochs", "0", "--epochs is '0'; a whole number of 1 or more is needed.")]
    [DataRow("--epochs", "-3", "--epochs is '-3'")]
    [DataRow("--epochs", "two", "--epochs is 'two'")]
    [DataRow("--batch-size", "1.5", "--batch-size is '1.5'")]
    [DataRow("--learning-rate", "0", "--learning-rate is '0'; a number above 0 is needed.")]
    [DataRow("--learning-rate", "NaN", "--learning-rate is 'NaN'")]
    [DataRow("--warmup-ratio", "1.1", "--warmup-ratio is '1.1'; a number from 0 to 1 is needed.")]
    [DataRow("--weight-decay", "-0.1", "--weight-decay is '-0.1'")]
    [DataRow("--label-smoothing", "1", "--label-smoothing is '1'")]
    [DataRow("--layerwise-decay", "0", "--layerwise-decay is '0'")]
    [DataRow("--max-length", "2", "--max-length is '2'")]
    [DataRow("--freeze-layers", "-1", "--freeze-layers is '-1'")]
    [DataRow("--validation-fraction", "1", "--validation-fraction is '1'")]
    [DataRow("--schedule", "steep", "--schedule is 'steep'; one of linear, ")]
    [DataRow("--class-weights", "some", "--class-weights is 'some'")]
    [DataRow("--device", "tpu", "--device is 'tpu'")]
    [DataRow("--resume", null, "--resume needs --checkpoint")]
    [DataRow("--early-stopping", "2", "--early-stopping needs --validation")]
    [DataRow("--text2", "a", "must name different columns")]
    [DataRow("--adapter", "lore", "there is no kind 'lore'; one of adalora, bitfit, bottleneck, ia3, lora, prefix, prompt, ptuning is needed.")]
    [DataRow("--adapter", "lora:r=0", "LoraOptions.Rank is 0")]
    [DataRow("--adapter", "lora:r=x", "'r' is 'x'; a whole number")]
    [DataRow("--adapter", "lora:bias=some", "'bias' is 'some'; one of none, all, loraonly")]
    [DataRow("--adapter", "lora:ranks=4", "lora has no setting 'ranks'")]
    [DataRow("--adapter", "bitfit:r=4", "bitfit has no setting 'r'")]
    [DataRow("--adapter", "lora:base=nf5", "'base' is 'nf5'; one of nf4, fp4")]
    [DataRow("--adapter", "lora:base=nf4,block=48", "QuantizationOptions.BlockSize is 48")]
    [DataRow("--adapter", "prefix:length=0", "PrefixTuningOptions.Length is 0")]
    [DataRow("--adapter", "prompt:encoder=lstm", "prompt has no setting 'encoder'; there are length, init, save.")]
    [DataRow("--adapter", "ptuning:encoder=gru", "'encoder' is 'gru'; one of mlp, lstm")]
    [DataRow("--adapter", "bottleneck:kind=wide", "'kind' is 'wide'; one of houlsby, pfeiffer, parallel")]
    [DataRow("--adapter", "bottleneck:reduction=0", "BottleneckOptions.ReductionFactor is 0")]
    [DataRow("--adapter-storage", "alone", "--adapter-storage alone needs --adapter")]
    [DataRow("--adapter-storage", "apart", "--adapter-storage is 'apart'; one of auto, merged, separate, alone is needed")]
    [DataRow("--colour", "red", "--colour")]
    public void A_bad_option_of_train_is_wrong_usage_and_named(string option, string? value, string expected) =>
        AssertWrongUsage(expected, value is null ? [.. Train, option] : [.. Train, option, value]);

    [TestMethod]
    [DataRow("", "mlnetnlp: ")]
    [DataRow("teach", "'teach'")]
    [DataRow("train", "mlnetnlp: ")]
    [DataRow("train cooking", "'cooking'")]
    [DataRow("train classification --text a --label b --output x.zip", "--train")]
    [DataRow("train classification --train x.tsv --text a --label b", "--output")]
    [DataRow("evaluate --data x.tsv", "--model")]
    [DataRow("predict --text hello", "--model")]
    [DataRow("predict --model x.zip", "--text TEXT or --data FILE")]
    [DataRow("predict --model x.zip --data x.tsv", "--output")]
    [DataRow("predict --model x.zip --text hello --output y.tsv", "--data")]
    [DataRow("predict --model x.zip --text one two --text2 three", "2 --text and 1 --text2")]
    public void A_command_that_makes_no_sense_is_wrong_usage(string arguments, string expected) =>
        AssertWrongUsage(expected, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [TestMethod]
    [DataRow("--help", "mlnetnlp evaluate --model model.zip --data test.tsv")]
    [DataRow("train classification --help", "--learning-rate")]
    [DataRow("train classification -h", "[default: mini]")]
    [DataRow("evaluate --help", "--metrics")]
    [DataRow("predict --help", "probability:CLASS")]
    [DataRow("--version", "0.")]
    public void Help_and_version_go_to_standard_output(string arguments, string expected)
    {
        var (exitCode, output, error) = Shell.Run(arguments.Split(' '));
        Assert.AreEqual(0, exitCode);
        Assert.Contains(expected, output);
        Assert.AreEqual("", error);
    }

    private static void AssertWrongUsage(string expected, string[] arguments)
    {
        var (exitCode, output, error) = Shell.Run(arguments);
        Assert.AreEqual(2, exitCode, error);
        Assert.AreEqual("", output);
        Shell.AssertOneLine(error);
        Assert.Contains(expected, error);
    }
}
