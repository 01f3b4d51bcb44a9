/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The G.722 encoder and decoder as GstAudioEncoder and GstAudioDecoder. Each element owns one
 * spandsp state; used on its streaming thread. */
#include "telephony/g722.h"

#include <gst/audio/audio.h>
#include <spandsp.h>

#define RAW_CAPS  "audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=16000"
#define G722_CAPS "audio/G722,rate=16000,channels=1"

static GstStaticPadTemplate raw_sink =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (RAW_CAPS));
static GstStaticPadTemplate raw_src =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (RAW_CAPS));
static GstStaticPadTemplate g722_sink =
    GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS (G722_CAPS));
static GstStaticPadTemplate g722_src =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (G722_CAPS));

#define TEL_TYPE_G722_ENC (tel_g722_enc_get_type ())
G_DECLARE_FINAL_TYPE (TelG722Enc, tel_g722_enc, TEL, G722_ENC, GstAudioEncoder)
struct _TelG722Enc
{
  GstAudioEncoder parent_instance;
  g722_encode_state_t *state;
};
G_DEFINE_TYPE (TelG722Enc, tel_g722_enc, GST_TYPE_AUDIO_ENCODER)

static gboolean
enc_stop (GstAudioEncoder *encoder)
{
  g_clear_pointer (&TEL_G722_ENC (encoder)->state, g722_encode_free);
  return TRUE;
}

static gboolean
enc_set_format (GstAudioEncoder *encoder, GstAudioInfo *info)
{
  TelG722Enc *self = TEL_G722_ENC (encoder);
  enc_stop (encoder);
  self->state = g722_encode_init (NULL, 64000, 0);
  gst_audio_encoder_set_frame_samples_min (encoder, 160);
  g_autoptr (GstCaps) caps = gst_caps_from_string (G722_CAPS);
  return self->state != NULL && gst_audio_encoder_set_output_format (encoder, caps);
}

static GstFlowReturn
enc_handle_frame (GstAudioEncoder *encoder, GstBuffer *in)
{
  TelG722Enc *self = TEL_G722_ENC (encoder);
  if (in == NULL)
    return GST_FLOW_OK;
  gsize samples = gst_buffer_get_size (in) / 2;
  GstBuffer *out = gst_audio_encoder_allocate_output_buffer (encoder, samples / 2 + 2);
  GstMapInfo from, to;
  gst_buffer_map (in, &from, GST_MAP_READ);
  gst_buffer_map (out, &to, GST_MAP_WRITE);
  int n =
      g722_encode (self->state, to.data, (const int16_t *) (const void *) from.data, (int) samples);
  gst_buffer_unmap (out, &to);
  gst_buffer_unmap (in, &from);
  gst_buffer_set_size (out, n);
  return gst_audio_encoder_finish_frame (encoder, out, (gint) samples);
}

static void
tel_g722_enc_class_init (TelG722EncClass *klass)
{
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  GstAudioEncoderClass *encoder = GST_AUDIO_ENCODER_CLASS (klass);
  gst_element_class_add_static_pad_template (element, &raw_sink);
  gst_element_class_add_static_pad_template (element, &g722_src);
  gst_element_class_set_static_metadata (element, "G.722 encoder", "Codec/Encoder/Audio",
                                         "Encodes G.722 at 64 kbit/s", "Guichet");
  encoder->stop = enc_stop;
  encoder->set_format = enc_set_format;
  encoder->handle_frame = enc_handle_frame;
}

static void
tel_g722_enc_init (TelG722Enc *self)
{
}

#define TEL_TYPE_G722_DEC (tel_g722_dec_get_type ())
G_DECLARE_FINAL_TYPE (TelG722Dec, tel_g722_dec, TEL, G722_DEC, GstAudioDecoder)
struct _TelG722Dec
{
  GstAudioDecoder parent_instance;
  g722_decode_state_t *state;
};
G_DEFINE_TYPE (TelG722Dec, tel_g722_dec, GST_TYPE_AUDIO_DECODER)

static gboolean
dec_stop (GstAudioDecoder *decoder)
{
  g_clear_pointer (&TEL_G722_DEC (decoder)->state, g722_decode_free);
  return TRUE;
}

static gboolean
dec_set_format (GstAudioDecoder *decoder, GstCaps *caps)
{
  TelG722Dec *self = TEL_G722_DEC (decoder);
  GstAudioInfo info;
  dec_stop (decoder);
  self->state = g722_decode_init (NULL, 64000, 0);
  gst_audio_info_set_format (&info, GST_AUDIO_FORMAT_S16LE, 16000, 1, NULL);
  return self->state != NULL && gst_audio_decoder_set_output_format (decoder, &info);
}

static GstFlowReturn
dec_handle_frame (GstAudioDecoder *decoder, GstBuffer *in)
{
  TelG722Dec *self = TEL_G722_DEC (decoder);
  if (in == NULL)
    return GST_FLOW_OK;
  gsize bytes = gst_buffer_get_size (in);
  GstBuffer *out = gst_audio_decoder_allocate_output_buffer (decoder, bytes * 4);
  GstMapInfo from, to;
  gst_buffer_map (in, &from, GST_MAP_READ);
  gst_buffer_map (out, &to, GST_MAP_WRITE);
  g722_decode (self->state, (int16_t *) (void *) to.data, from.data, (int) bytes);
  gst_buffer_unmap (out, &to);
  gst_buffer_unmap (in, &from);
  return gst_audio_decoder_finish_frame (decoder, out, 1);
}

static void
tel_g722_dec_class_init (TelG722DecClass *klass)
{
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  GstAudioDecoderClass *decoder = GST_AUDIO_DECODER_CLASS (klass);
  gst_element_class_add_static_pad_template (element, &g722_sink);
  gst_element_class_add_static_pad_template (element, &raw_src);
  gst_element_class_set_static_metadata (element, "G.722 decoder", "Codec/Decoder/Audio",
                                         "Decodes G.722 at 64 kbit/s", "Guichet");
  decoder->stop = dec_stop;
  decoder->set_format = dec_set_format;
  decoder->handle_frame = dec_handle_frame;
}

static void
tel_g722_dec_init (TelG722Dec *self)
{
}

void
tel_g722_register (void)
{
  gst_element_register (NULL, "telg722enc", GST_RANK_NONE, TEL_TYPE_G722_ENC);
  gst_element_register (NULL, "telg722dec", GST_RANK_NONE, TEL_TYPE_G722_DEC);
}
